import type { MetricMove } from '../../evidence/overview/metric-moves.ts'
import type { Warning } from '../../evidence/warnings/warning.ts'
import { WarningList } from './warning-list.tsx'

interface ChangeListProps {
  warnings: readonly Warning[]
  moves: readonly MetricMove[]
  /** Why there may be nothing to say. */
  whyEmpty: string
}

/** What got worse, then what got better, each in a sentence with its numbers and what happened in between. */
export function ChangeList({ warnings, moves, whyEmpty }: ChangeListProps) {
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
  if (worse.length + better.length === 0) return <p className="quiet">{whyEmpty}</p>
  return (
    <>
      {worse.length === 0 ? (
        <p className="quiet">Nothing got worse beyond chance.</p>
      ) : (
        <WarningList warnings={worse} shown={5} />
      )}
      <h3 className="sub-head">Better</h3>
      {better.length === 0 ? (
        <p className="quiet">Nothing got better beyond chance.</p>
      ) : (
        <WarningList warnings={better} shown={3} />
      )}
    </>
  )
}
