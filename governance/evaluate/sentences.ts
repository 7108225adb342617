import { formatCount, formatDifference, formatMonth, formatShare, monthName } from '#models/format-metric.ts'
import type { Month } from '#models/reporting-month.ts'

/** Months in words, a run as a span: July to September 2026; November 2025 to January 2026. */
export function monthSpan(months: readonly Month[]): string {
  const first = months[0]
  const last = months.at(-1)
  if (first === undefined || last === undefined) return 'no month'
  if (first === last) return formatMonth(last)
  return first.slice(0, 4) === last.slice(0, 4)
    ? `${monthName(first)} to ${formatMonth(last)}`
    : `${formatMonth(first)} to ${formatMonth(last)}`
}

/** Months in words, each named: August and September 2026. */
export function monthList(months: readonly Month[]): string {
  const names = months.map(formatMonth)
  return names.length < 2 ? (names[0] ?? 'no month') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** A limit as it was chosen: 5 %, not 5.0 %. */
export function formatLimit(share: number): string {
  return formatShare(share, Number.isInteger(Number((share * 100).toPrecision(12))) ? 0 : 1)
}

/** A margin between two shares: 5 pp. Unsigned, the sentence says the direction. */
export function formatMargin(share: number): string {
  return formatLimit(share).replace('%', 'pp')
}

/** How far two shares lie apart, where the sentence says in which direction: 10.1 pp */
export function formatDistance(difference: number): string {
  return formatDifference(Math.abs(difference)).replace('+', '')
}

/** A share beside a limit, with a second decimal where the first would make them look equal. */
export function formatBeside(share: number, limit: number): string {
  return formatShare(share, share !== limit && formatShare(share) === formatShare(limit) ? 2 : 1)
}

/** One-sided confidence of an error level: 0.005 -> 99.5 % */
export function formatConfidence(alpha: number): string {
  return formatLimit(1 - alpha)
}

/** Beside counts whose value is no quotient of them. */
export function asWeighted(isWeighted: boolean): string {
  return isWeighted ? ', weighted by stratum' : ''
}

/** How often the AI was wrong: 7 errors in 412 random reviews. */
export function errorsIn(errors: number, reviews: number): string {
  const count = errors === 0 ? 'No error' : errors === 1 ? '1 error' : `${formatCount(errors)} errors`
  return `${count} in ${formatCount(reviews)} random ${reviews === 1 ? 'review' : 'reviews'}`
}
