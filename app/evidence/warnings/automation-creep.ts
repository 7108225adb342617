import { formatCount, formatMonth, formatShare, monthName } from '#models/format-metric.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { rowsHref } from '../rows-href.ts'
import { runStart } from './run-start.ts'
import type { Warning, WarningInput } from './warning.ts'

/** AI acting beyond the level in force. A census, so one contact is a fact and needs no test. */
export function warnOfAutomationCreep({ interactionType, month, closedMonths, points }: WarningInput): Warning | null {
  const key = { interactionType, metric: 'automation_creep', cohort: 'all' } as const
  const point = points.find({ ...key, month })
  if (point === undefined || point.numerator === 0 || point.value === null) return null
  const before = points.find({ ...key, month: addMonths(parseMonth(month), -1) })
  const compared = before?.value == null ? '' : `; ${formatShare(before.value)} in ${monthName(before.month)}`
  const start = runStart(closedMonths, (at) => points.count({ ...key, month: at }) > 0)
  return {
    interactionType,
    status: 'signal',
    word: 'Automation creep',
    text: `${formatCount(point.numerator)} of ${formatCount(point.denominator)} contacts (${formatShare(point.value)}) went out without the approval their level requires${compared}.`,
    since: start === undefined || start === month ? null : `Since ${formatMonth(start)}.`,
    href: rowsHref({ ...key, month, part: 'numerator' }),
  }
}
