import { countOf } from '#models/format-metric.ts'
import type { MetricDefinition } from '#models/metrics.ts'

const units = {
  share: 'share, in per cent',
  count: 'count',
  points: 'points',
  per_day: 'a day',
  minutes: 'minutes',
  days: 'days',
} as const
const betters = { higher: 'Higher is better', lower: 'Lower is better', none: 'Says nothing alone' } as const
const intervals = {
  wilson: 'Wilson, two-sided 95\u202f%',
  t: 't, two-sided 95\u202f%',
  none: 'none: a full count',
} as const

/** The properties of a definition as the dictionary says them. */
export function metricWords({ unit, better, interval, denominator, maturityHours }: MetricDefinition) {
  return {
    unit: units[unit],
    better: betters[better],
    interval: intervals[interval],
    denominator: denominator === 'none' ? null : denominator,
    final:
      maturityHours === 0
        ? 'at the end of the month'
        : `${maturityHours >= 48 ? countOf(maturityHours / 24, 'day') : `${maturityHours} h`} after the month`,
  }
}

/** Where a metric is explained, with the SQL that computes it. */
export function metricHref(metric: string): string {
  return `/data/dictionary/${metric}`
}
