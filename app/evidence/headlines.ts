import {
  formatCount,
  formatDifference,
  formatMetricInterval,
  formatPoints,
  formatShare,
  formatShareInterval,
  monthName,
} from '#models/format-metric.ts'
import { type MetricId, metrics } from '#models/metrics.ts'
import { addMonths, daysInMonth, parseMonth } from '#models/reporting-month.ts'
import { newcombeDifference } from '#models/statistics/newcombe.ts'
import { type StratifiedRate, stratifiedRate } from '#models/statistics/stratified-rate.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { SparkPoint } from '../charts/sparkline.tsx'
import type { PointIndex } from './point-index.ts'
import { csatScaleMarks, mainCsatScale, poolCounts } from './pooled-counts.ts'
import { rowsHref } from './rows-href.ts'

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

/** The six numbers that lead the overview, over all types together. */
export function buildHeadlines(input: HeadlineInput): Headline[] {
  return [contacts(input), aiShare(input), errorRate(input), csat(input), repeatContact(input), reviewsDone(input)]
}

function contacts({ month, months, points }: HeadlineInput): Headline {
  const totalOf = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'volume', cohort: 'all' }).numerator
  const now = totalOf(month)
  const before = totalOf(previous(month))
  return {
    metric: 'volume',
    label: metrics.volume.label,
    value: formatCount(now),
    beside: `${formatCount(Math.round(now / daysInMonth(parseMonth(month))))} a day`,
    note:
      isComparable(points, month) && before > 0
        ? `${signedShare(now / before - 1)} from ${monthName(previous(month))}`
        : notCompared(points, month),
    href: rowsHref({ interactionType: null, month, metric: 'volume', cohort: 'all', part: 'numerator' }),
    series: seriesOf(months, points, (at) => totalOf(at) || null),
  }
}

function aiShare({ month, months, points }: HeadlineInput): Headline {
  const counts = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'ai_share', cohort: 'all' })
  const now = counts(month)
  return {
    metric: 'ai_share',
    label: metrics.ai_share.label,
    value: rate(now) === null ? null : formatShare(now.numerator / now.denominator),
    beside: `${formatCount(now.numerator)} of ${formatCount(now.denominator)}`,
    note: changeNote(points, month, now, counts(previous(month)), false),
    href: rowsHref({ interactionType: null, month, metric: 'ai_share', cohort: 'all', part: 'numerator' }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}

/** Types are reviewed at different rates, so each counts by its AI contacts; adding up reviews would be biased. */
function errorRate({ month, months, points }: HeadlineInput): Headline {
  const now = weightedErrorRate(points, month)
  const counts = poolCounts(points, {
    months: [month],
    types: points.typesIn(month),
    metric: 'ai_error_rate',
    cohort: 'ai_participated',
  })
  const minimum = metrics.ai_error_rate.minimumSample
  const isShown = now !== undefined && counts.denominator >= minimum
  const before = weightedErrorRate(points, previous(month))
  const reviewed = `${formatCount(counts.numerator)} errors in ${formatCount(counts.denominator)} reviews`
  const covered =
    now !== undefined && now.coverage < 0.995 ? `, for ${formatShare(now.coverage, 0)} of AI contacts` : ''
  return {
    metric: 'ai_error_rate',
    label: metrics.ai_error_rate.label,
    value: isShown ? formatShare(now.rate) : null,
    beside: isShown ? `(${formatShareInterval(now.lower, now.upper)})` : null,
    note: isShown
      ? `${reviewed}${covered}${weightedChange(points, month, now, before)}`
      : counts.denominator === 0
        ? 'No random reviews this month'
        : `${reviewed}: a rate is shown from ${minimum}`,
    href:
      counts.denominator === 0
        ? null
        : rowsHref({
            interactionType: null,
            month,
            metric: 'ai_error_rate',
            cohort: 'ai_participated',
            part: 'denominator',
          }),
    series: seriesOf(months, points, (at) => weightedErrorRate(points, at)?.rate ?? null),
  }
}

/** The error rate of all types together, each weighted by its AI contacts. */
export function weightedErrorRate(points: PointIndex, month: string): StratifiedRate | undefined {
  return stratifiedRate(
    points.typesIn(month).map((interactionType) => {
      const point = points.find({ interactionType, month, metric: 'ai_error_rate', cohort: 'ai_participated' })
      return {
        population:
          points.count({ interactionType, month, metric: 'volume', cohort: 'ai' }) +
          points.count({ interactionType, month, metric: 'volume', cohort: 'ai_assisted' }),
        sampled: point?.denominator ?? 0,
        hits: point?.numerator ?? 0,
      }
    }),
  )
}

function weightedChange(
  points: PointIndex,
  month: string,
  now: StratifiedRate,
  before: StratifiedRate | undefined,
): string {
  if (before === undefined || !isComparable(points, month)) return ''
  const isClear = now.lower > before.upper || now.upper < before.lower
  return `; ${formatDifference(now.rate - before.rate)} from ${monthName(previous(month))}${isClear ? '' : ', no clear change'}`
}

function csat({ month, months, points }: HeadlineInput): Headline {
  const scale = mainCsatScale(points, { months: [month], types: points.typesIn(month) })
  const label = scale === null ? 'CSAT, AI contacts' : `CSAT (${csatScaleMarks[scale]}), AI contacts`
  const none = { metric: 'csat_satisfied_rate', label, value: null, beside: null, href: null, series: [] } as const
  if (scale === null) return { ...none, note: 'No survey was answered' }
  const counts = (at: string, cohort: 'ai_participated' | 'human') =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'csat_satisfied_rate', cohort, scale })
  const now = counts(month, 'ai_participated')
  const human = rate(counts(month, 'human'))
  const offered = poolCounts(points, {
    months: [month],
    types: points.typesIn(month),
    metric: 'csat_response_rate',
    cohort: 'ai_participated',
    scale,
  })
  const minimum = metrics.csat_satisfied_rate.minimumSample
  const answered = rate(offered) === null ? '' : `; ${formatShare(offered.numerator / offered.denominator, 0)} answered`
  if (now.denominator < minimum) {
    return { ...none, note: `${formatCount(now.denominator)} answers: shown from ${minimum}` }
  }
  const { lower, upper } = wilsonInterval(now.numerator, now.denominator)
  const change = changeNote(points, month, now, counts(previous(month), 'ai_participated'), true)
  return {
    metric: 'csat_satisfied_rate',
    label,
    value: formatShare(now.numerator / now.denominator),
    beside: `(${formatShareInterval(lower, upper)})`,
    note: `${change}${human === null ? '' : `; human ${formatShare(human)}`}${answered}`,
    href: rowsHref({
      interactionType: null,
      month,
      metric: 'csat_satisfied_rate',
      cohort: 'ai_participated',
      scale,
      part: 'denominator',
    }),
    series: seriesOf(months, points, (at) => rate(counts(at, 'ai_participated'))),
  }
}

function repeatContact({ month, months, points }: HeadlineInput): Headline {
  const counts = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'repeat_contact_rate_48h', cohort: 'all' })
  const known = poolCounts(points, {
    months: [month],
    types: points.typesIn(month),
    metric: 'repeat_match_coverage',
    cohort: 'all',
  })
  const now = counts(month)
  const value = rate(now)
  const { lower, upper } = value === null ? { lower: 0, upper: 0 } : wilsonInterval(now.numerator, now.denominator)
  const coverage = rate(known)
  const covered = coverage === null || coverage > 0.995 ? '' : `; customer known for ${formatShare(coverage, 0)}`
  return {
    metric: 'repeat_contact_rate_48h',
    label: metrics.repeat_contact_rate_48h.label,
    value: value === null ? null : formatShare(value),
    beside: value === null ? null : `(${formatMetricInterval('repeat_contact_rate_48h', lower, upper)})`,
    note:
      value === null
        ? known.denominator > 0 && known.numerator === 0
          ? 'No contact names its customer'
          : 'No contact has matured yet'
        : `${changeNote(points, month, now, counts(previous(month)), true)}${covered}`,
    href:
      value === null
        ? null
        : rowsHref({
            interactionType: null,
            month,
            metric: 'repeat_contact_rate_48h',
            cohort: 'all',
            part: 'numerator',
          }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}

function reviewsDone({ month, months, points }: HeadlineInput): Headline {
  const counts = (at: string) =>
    poolCounts(points, { months: [at], types: points.typesIn(at), metric: 'qa_completion', cohort: 'ai_participated' })
  const onTime = rate(
    poolCounts(points, {
      months: [month],
      types: points.typesIn(month),
      metric: 'qa_on_time_rate',
      cohort: 'ai_participated',
    }),
  )
  const now = counts(month)
  const value = rate(now)
  return {
    metric: 'qa_completion',
    label: metrics.qa_completion.label,
    value: value === null ? null : formatShare(value, value > 0.995 && value < 1 ? 1 : 0),
    beside: value === null ? null : `${formatCount(now.numerator)} of ${formatCount(now.denominator)} drawn`,
    note:
      value === null
        ? 'No random review was drawn'
        : `${changeNote(points, month, now, counts(previous(month)), false)}${onTime === null ? '' : `; ${formatShare(onTime, 0)} on time`}`,
    href:
      value === null
        ? null
        : rowsHref({
            interactionType: null,
            month,
            metric: 'qa_completion',
            cohort: 'ai_participated',
            part: 'denominator',
          }),
    series: seriesOf(months, points, (at) => rate(counts(at))),
  }
}

interface Counts {
  numerator: number
  denominator: number
}

function rate({ numerator, denominator }: Counts): number | null {
  return denominator === 0 ? null : numerator / denominator
}

/** +1.8 pp from August; for samples with whether that is more than chance. */
function changeNote(points: PointIndex, month: string, now: Counts, before: Counts, isTested: boolean): string {
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

function previous(month: string): string {
  return addMonths(parseMonth(month), -1)
}

/** Provisional months are never compared. */
function isComparable(points: PointIndex, month: string): boolean {
  return points.isFinal(month) && points.isFinal(previous(month))
}

function notCompared(points: PointIndex, month: string): string {
  if (!points.isFinal(month)) return 'Provisional, not compared'
  return points.typesIn(previous(month)).length === 0
    ? `No contacts in ${monthName(previous(month))} to compare with`
    : 'Not compared'
}

function signedShare(share: number): string {
  const text = formatPoints(Math.abs(share) * 100)
  return `${text === '0.0' ? '' : share > 0 ? '+' : '\u2212'}${text}\u202f%`
}

function seriesOf(months: readonly string[], points: PointIndex, read: (month: string) => number | null): SparkPoint[] {
  return months.map((month) => ({ month, value: read(month), isProvisional: !points.isFinal(month) }))
}
