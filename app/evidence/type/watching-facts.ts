import { formatCount, formatShare } from '#models/format-metric.ts'
import { type Cohort, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { mainCsatScale } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import type { TypeInput } from './type-input.ts'

/** How well the AI is watched, and how much of it can be seen at all. */
export interface WatchingFact {
  metric: MetricId
  /** null: not measured; why says so. */
  text: string | null
  why: string
  href: string | null
  /** The counts behind it; null where there are none. */
  point: Pick<MetricPoint, 'numerator' | 'denominator' | 'value'> | null
}

export function watchingFacts(input: TypeInput): WatchingFact[] {
  const { points, month, interactionType } = input
  const scale = mainCsatScale(points, { months: [month], types: [interactionType] })
  return [
    fact(input, 'qa_completion', 'ai_participated', 'No random review was drawn'),
    fact(input, 'qa_on_time_rate', 'ai_participated', 'No drawn review has a due time'),
    fact(input, 'qa_coverage', 'ai_participated', 'No AI contact'),
    fact(input, 'judge_agreement', 'ai_participated', 'No judge reviews beside a label'),
    fact(input, 'escalation_rate', 'ai_participated', 'No AI contact'),
    fact(input, 'unexpected_escalation_rate', 'ai_participated', 'Not known whether expected'),
    fact(input, 'repeat_match_coverage', 'all', 'No inbound contact'),
    fact(input, 'csat_response_rate', 'ai_participated', 'No survey was offered', scale),
    fact(input, 'automation_creep', 'all', 'No level was in force'),
    critical(input),
  ]
}

function fact(
  { interactionType, month, points }: TypeInput,
  metric: MetricId,
  cohort: Cohort,
  why: string,
  scale: ReturnType<typeof mainCsatScale> = null,
): WatchingFact {
  const point = points.find({ interactionType, month, metric, cohort, scale })
  if (point === undefined || point.value === null) {
    const unseen = cohort === 'ai_participated' ? noAiContact(points, { interactionType, months: [month] }) : null
    return { metric, text: null, why: unseen ?? why, href: null, point: null }
  }
  const counts = `${formatCount(point.numerator)} of ${formatCount(point.denominator)}`
  const minimum = metrics[metric].minimumSample
  const text = point.denominator < minimum ? counts : `${counts}, ${formatShare(point.value)}`
  return {
    metric,
    text,
    why,
    href: rowsHref({ interactionType, month, metric, cohort, scale, part: 'denominator', filter: points.filter }),
    point: countsOf(point),
  }
}

function critical({ interactionType, month, points }: TypeInput): WatchingFact {
  const key = { interactionType, month, metric: 'critical_defects', cohort: 'ai_participated' } as const
  const point = points.find(key)
  const { metric } = key
  if (point === undefined) return { metric, text: null, why: 'No AI contact', href: null, point: null }
  const reviewed = points.find({ ...key, metric: 'ai_error_rate' })?.denominator ?? 0
  const graded = points.find({ ...key, metric: 'severity_graded' })
  // None found says something only where somebody looked, and graded what was wrong.
  if (point.numerator === 0 && reviewed === 0) {
    const why = noAiContact(points, { interactionType, months: [month] }) ?? 'No random review was completed'
    return { metric, text: null, why, href: null, point: null }
  }
  if (point.numerator === 0 && graded !== undefined && graded.denominator > 0 && graded.numerator === 0) {
    return { metric, text: null, why: 'No error has a severity', href: null, point: null }
  }
  return {
    metric,
    text: formatCount(point.numerator),
    why: '',
    href: rowsHref({ ...key, part: 'numerator', filter: points.filter }),
    point: countsOf(point),
  }
}

function countsOf({ numerator, denominator, value }: MetricPoint): WatchingFact['point'] {
  return { numerator, denominator, value }
}
