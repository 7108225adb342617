import { formatDifference, formatPoints, monthName } from '#models/format-metric.ts'
import type { MetricId } from '#models/metrics.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import type { SparkPoint } from '../../charts/sparkline.tsx'
import type { PointIndex } from '../point-index.ts'

/** One number of the strip: never without its count or interval, what it was before, its rows and its definition. */
export interface Headline {
  metric: MetricId
  label: string
  /** null: not measured; the note says why. */
  value: string | null
  /** Interval or count, beside the value. */
  beside: string | null
  note: string
  href: string | null
  series: readonly SparkPoint[]
}

export interface HeadlineInput {
  month: string
  /** Months of the sparkline, oldest first; the month is one of them. */
  months: readonly string[]
  points: PointIndex
}

export interface Counts {
  numerator: number
  denominator: number
}

export function rate({ numerator, denominator }: Counts): number | null {
  return denominator === 0 ? null : numerator / denominator
}

/** +1.8 pp from August; for samples with whether that is more than chance. */
export function changeNote(points: PointIndex, month: string, now: Counts, before: Counts, isTested: boolean): string {
  const [valueNow, valueBefore] = [rate(now), rate(before)]
  if (!isComparable(points, month) || valueNow === null || valueBefore === null) return notCompared(points, month)
  const said = `${formatDifference(valueNow - valueBefore)} from ${monthName(previous(month))}`
  if (!isTested) return said
  const { lower, upper } = newcombeDifference(
    now.numerator,
    now.denominator,
    before.numerator,
    before.denominator,
    0.025,
  )
  return lower <= 0 && upper >= 0 ? `${said}, no clear change` : said
}

export function previous(month: string): string {
  return addMonths(parseMonth(month), -1)
}

/** Provisional months are never compared. */
export function isComparable(points: PointIndex, month: string): boolean {
  return points.isFinal(month) && points.isFinal(previous(month))
}

export function notCompared(points: PointIndex, month: string): string {
  if (!points.isFinal(month)) return 'Provisional, not compared'
  return points.typesIn(previous(month)).length === 0
    ? `No contacts in ${monthName(previous(month))} to compare with`
    : 'Not compared'
}

export function signedShare(share: number): string {
  const text = formatPoints(Math.abs(share) * 100)
  return `${text === '0.0' ? '' : share > 0 ? '+' : '\u2212'}${text}\u202f%`
}

export function seriesOf(
  months: readonly string[],
  points: PointIndex,
  read: (month: string) => number | null,
): SparkPoint[] {
  return months.map((month) => ({ month, value: read(month), isProvisional: points.isProvisional(month) }))
}
