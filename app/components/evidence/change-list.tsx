import type { MetricMove } from '../../evidence/overview/metric-moves.ts'
import type { Warning } from '../../evidence/warnings/warning.ts'
import { WarningList } from './warning-list.tsx'

interface ChangeListProps {
  warnings: readonly Warning[]
  moves: readonly MetricMove[]
  /** Why nothing is compared; null where it is. */
  whyNotCompared: string | null
}

/** What got worse, then what got better, each in a sentence with its numbers and what happened in between. */
export function ChangeList({ warnings, moves, whyNotCompared }: ChangeListProps) {
  const isSaid = (move: MetricMove) =>
    warnings.some(
      ({ interactionType, word }) =>
        interactionType === move.interactionType && word.startsWith(move.word.split(' ')[0] ?? ''),
    )
  const worse = [
    ...warnings,
    ...moves
      .filter((move) => !move.isBetter && !isSaid(move))
      .map(({ isBetter: _, ...move }) => ({ ...move, status: 'signal' as const })),
  ]
  const better = moves
    .filter(({ isBetter }) => isBetter)
    .map(({ isBetter: _, ...move }) => ({ ...move, status: 'pass' as const }))
  if (worse.length + better.length === 0) return <p className="quiet">{whyNotCompared ?? nothing('moved')}</p>
  return (
    <>
      {worse.length === 0 ? (
        <p className="quiet">{nothing('got worse')}</p>
      ) : (
        <WarningList warnings={worse} shown={5} />
      )}
      <h3 className="sub-head">Better</h3>
      {better.length === 0 ? (
        <p className="quiet">{whyNotCompared ?? nothing('got better')}</p>
      ) : (
        <WarningList warnings={better} shown={3} />
      )}
    </>
  )
}

/** Not "beyond chance": a single number may be, as its arrow says, and not stand out among so many. */
function nothing(what: 'moved' | 'got worse' | 'got better'): string {
  return `No single type ${what} by enough to stand out among all types and measures.`
}
