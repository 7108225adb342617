import { Link } from '@remix-run/react'
import type { ReplayedLevel } from '#governance/audit/verify-levels.ts'
import { levelWords } from '#governance/levels/level-words.ts'
import { countOf } from '#models/format-metric.ts'
import { typeHref } from '../../evidence/rows-href.ts'
import { CsvLink } from '../csv-link.tsx'
import { Status } from '../status.tsx'

/** The level in force of every type, rebuilt from the events alone, beside the one that the ledger holds. */
export function ReplayCheck({ levels }: { levels: readonly ReplayedLevel[] }) {
  const differing = levels.filter(({ agrees }) => !agrees).length
  return (
    <details className="twin" open={differing > 0}>
      <summary>
        Levels in force rebuilt from the trail: {countOf(levels.length, 'type')},{' '}
        {differing === 0 ? 'all as in the registry' : `${differing} not as in the registry`}
      </summary>
      <p>
        <CsvLink to="/audit/levels.csv" what="levels rebuilt from the trail" />
      </p>
      <table className="register">
        <caption className="hidden">Levels in force by type, rebuilt from the trail and in the registry</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Rebuilt from the trail</th>
            <th scope="col">In the registry</th>
            <th scope="col">Since, UTC</th>
            <th scope="col">Check</th>
          </tr>
        </thead>
        <tbody>
          {levels.map(({ interactionType, replayed, stored, agrees }) => (
            <tr key={interactionType}>
              <th scope="row">
                <Link to={typeHref(interactionType)}>{interactionType}</Link>
              </th>
              <td data-label="From the trail">{words(replayed)}</td>
              <td data-label="In the registry">{words(stored)}</td>
              <td data-label="Since, UTC" className="nowrap">
                {(replayed ?? stored)?.since.slice(0, 16).replace('T', ' ') ?? '–'}
              </td>
              <td data-label="Check">
                <Status kind={agrees ? 'pass' : 'fail'} word={agrees ? 'Same' : 'Differs'} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function words(level: ReplayedLevel['stored']): string {
  const known: Readonly<Record<string, string>> = levelWords
  return level === null ? 'no level' : (known[level.level] ?? level.level)
}
