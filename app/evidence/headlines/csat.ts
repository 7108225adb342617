import { formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { csatScaleMarks, mainCsatScale, poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { changeNote, type Headline, type HeadlineInput, rate, seriesOf } from './headline.ts'

/** Satisfied answers of AI contacts, on the scale most used; people beside them. */
export function csatHeadline(input: HeadlineInput): Headline {
  const { month, months, points } = input
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
  const change = changeNote(input, { metric: 'csat_satisfied_rate', cohort: 'ai_participated', scale }, true)
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
      filter: points.filter,
    }),
    series: seriesOf(months, points, (at) => rate(counts(at, 'ai_participated'))),
  }
}
