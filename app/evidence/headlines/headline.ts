import { formatDifference, formatShare, formatShareNumber } from '#models/format-metric.ts'
import type { MetricId } from '#models/metrics.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import type { SparkPoint } from '../../charts/sparkline.tsx'
import type { Comparison } from '../comparison/comparison.ts'
import { type SummedMetric, sumCells } from '../comparison/sum-cells.ts'
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
  comparison: Comparison
}

export interface Counts {
  numerator: number
  denominator: number
}

export function rate({ numerator, denominator }: Counts): number | null {
  return denominator === 0 ? null : numerator / denominator
}

/** +1.8 pp from August; for samples with whether that is more than chance; refused in words across a series break. */
export function changeNote(
  { points, comparison }: Pick<HeadlineInput, 'points' | 'comparison'>,
  summed: SummedMetric,
  isTested: boolean,
): string {
  const refusal = comparison.refusal ?? comparison.breakOf(summed.metric, null)
  if (refusal !== null) return refusal
  const [now, before] = [sumCells(points, comparison.now, summed), sumCells(points, comparison.before, summed)]
  const [valueNow, valueBefore] = [rate(now), rate(before)]
  if (valueNow === null || valueBefore === null) return `Not measured in ${comparison.against}, so not compared`
  const said = changeText(comparison, valueNow, valueBefore)
  if (!isTested) return said
  const { lower, upper } = newcombeDifference(
    now.numerator,
    now.denominator,
    before.numerator,
    before.denominator,
    0.025,
  )
  return `${said}, ${lower <= 0 && upper >= 0 ? 'no clear change' : 'beyond chance'}`
}

/** Types compared with the month before their level changed are not those of the number above, so both sides are said. */
export function changeText({ kind, from }: Comparison, now: number, before: number): string {
  return kind === 'decision'
    ? `${formatShareNumber(before)} to ${formatShare(now)} ${from}`
    : `${formatDifference(now - before)} ${from}`
}

export function seriesOf(
  months: readonly string[],
  points: PointIndex,
  read: (month: string) => number | null,
): SparkPoint[] {
  return months.map((month) => ({ month, value: read(month), isProvisional: points.isProvisional(month) }))
}
