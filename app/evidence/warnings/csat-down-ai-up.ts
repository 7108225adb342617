import { formatCount, formatShare, formatShareNumber, monthName } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { cochranArmitage } from '#models/statistics/cochran-armitage.ts'
import { mannKendall } from '#models/statistics/mann-kendall.ts'
import { mainCsatScale } from '../pooled-counts.ts'
import { typeHref } from '../rows-href.ts'
import type { Warning, WarningInput } from './warning.ts'

/** Months looked at: fewer than four cannot show a trend. methods.md section 3. */
const mostMonths = 6
const leastMonths = 4
/** One-sided 5 % of a normal test. */
const criticalZ = -1.645
/** A fitted drop smaller than this is not worth a warning, however sure it is. */
const leastDrop = 0.02
const leastShareGrowth = 0.05
const trendLevel = 0.05

/** CSAT of AI contacts falls, beyond chance, while the AI does more. */
export function warnOfCsatDownAiUp({ interactionType, month, closedMonths, points }: WarningInput): Warning | null {
  const months = closedMonths.slice(-mostMonths)
  const first = months[0]
  if (first === undefined || months.length < leastMonths) return null
  const scale = mainCsatScale(points, { months, types: [interactionType] })
  if (scale === null) return null
  const answers = months.map((at) => {
    const point = points.find({
      interactionType,
      month: at,
      metric: 'csat_satisfied_rate',
      cohort: 'ai_participated',
      scale,
    })
    return { k: point?.numerator ?? 0, n: point?.denominator ?? 0 }
  })
  const minimum = metrics.csat_satisfied_rate.minimumSample
  const [start, end] = [answers[0], answers.at(-1)]
  if (start === undefined || end === undefined || Math.min(start.n, end.n) < minimum) return null
  const trend = cochranArmitage(answers)
  const drop = -(trend?.slope ?? 0) * (months.length - 1)
  if (trend === null || trend.z > criticalZ || drop < leastDrop) return null
  const growth = aiGrowth(months, (at) =>
    points.find({ interactionType, month: at, metric: 'ai_share', cohort: 'all' }),
  )
  if (growth === null) return null
  return {
    interactionType,
    status: 'fail',
    word: 'CSAT down, AI up',
    text: `CSAT of AI contacts went from ${formatShareNumber(start.k / start.n)} to ${formatShare(end.k / end.n)} from ${monthName(first)} to ${monthName(month)} (${formatCount(start.n)} and ${formatCount(end.n)} answers) while ${growth}.`,
    since: `Over ${months.length} months it falls by ${formatShareNumber(drop / (months.length - 1))}\u202fpp a month, z ${trend.z.toFixed(1).replace('-', '\u2212')}.`,
    href: `${typeHref(interactionType, month)}#csat`,
  }
}

interface AiCounts {
  numerator: number
  denominator: number
}

/** In words, whether the AI's share or its contacts grew over the months; null when neither did. */
function aiGrowth(months: readonly string[], find: (month: string) => AiCounts | undefined): string | null {
  const counts = months.flatMap((month) => find(month) ?? [])
  const [start, end] = [counts[0], counts.at(-1)]
  if (counts.length < months.length || start === undefined || end === undefined) return null
  const share = ({ numerator, denominator }: AiCounts) => (denominator === 0 ? 0 : numerator / denominator)
  const isRising = (values: number[]) => (mannKendall(values)?.pIncreasing ?? 1) <= trendLevel
  if (share(end) - share(start) >= leastShareGrowth || (isRising(counts.map(share)) && share(end) > share(start))) {
    return `the AI share rose from ${formatShareNumber(share(start), 0)} to ${formatShare(share(end), 0)}`
  }
  if (isRising(counts.map((one) => one.numerator))) {
    return `AI contacts rose from ${formatCount(start.numerator)} to ${formatCount(end.numerator)} a month`
  }
  return null
}
