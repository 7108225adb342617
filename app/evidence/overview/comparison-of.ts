import type { ChangeEvent } from '#models/change-events/list-change-events.ts'
import { monthOf } from '#models/reporting-month.ts'
import type { MonthEvidence } from '../../month-evidence.server.ts'
import { type Comparison, createComparison } from '../comparison/comparison.ts'
import type { ComparisonKind } from '../comparison/comparison-kind.ts'
import { monthsBeforeLevelChange } from '../comparison/level-changes.ts'
import type { PointIndex } from '../point-index.ts'

/** What the month is compared with, from what the snapshot and the ledger know of it. */
export function comparisonOf(
  { month, levels, snapshot }: Pick<MonthEvidence, 'month' | 'levels' | 'snapshot'>,
  scope: { comparison: ComparisonKind; filteredPoints: PointIndex; changes: readonly ChangeEvent[] },
): Comparison {
  const timeZone = snapshot.reportingTimeZone
  const { comparison, filteredPoints, changes } = scope
  return createComparison({
    kind: comparison,
    month,
    types: filteredPoints.typesIn(month),
    points: filteredPoints,
    beforeLevelChange: monthsBeforeLevelChange(levels, month, timeZone),
    definitionChanges: changes
      .filter(({ kind }) => kind === 'vendor_definition')
      .map(({ changedAt, interactionType }) => ({ month: monthOf(changedAt, timeZone), interactionType })),
  })
}
