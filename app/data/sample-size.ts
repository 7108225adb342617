import { countOf } from '#models/format-metric.ts'
import type { MetricId } from '#models/metrics.ts'

/** What the metrics that are no shares are made of; a share says it as "12 of 260". */
const nouns: Partial<Record<MetricId, string>> = {
  csat_mean: 'answer',
  expected_errors_per_day: 'review',
  qa_oldest_open_days: 'open review',
  qa_score: 'review',
}

/** How many a value that is no share was made of: "8 reviews". */
export function sampleSize(metric: MetricId, denominator: number): string {
  return countOf(denominator, nouns[metric] ?? 'contact')
}
