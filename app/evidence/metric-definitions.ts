import { type MetricId, metrics } from '#models/metrics.ts'

export interface MetricDefinitionView {
  metric: MetricId
  label: string
  what: string
  interval: string
  why: string
}

const intervalWords = {
  wilson: 'Interval: Wilson, two-sided 95\u202f%.',
  t: 'Interval: t, two-sided 95\u202f%.',
  none: 'A full count, so no interval.',
} as const

/** Definitions of the catalogue in sentences. */
export function metricDefinitions(ids: readonly MetricId[]): MetricDefinitionView[] {
  return ids.map((metric) => {
    const { label, numerator, denominator, interval, maturityHours, definitionVersion, why } = metrics[metric]
    const what = denominator === 'none' ? `${capital(numerator)}.` : `${capital(numerator)}, of ${denominator}.`
    const mature =
      maturityHours === 0
        ? ''
        : ` Final ${maturityHours >= 48 ? `${maturityHours / 24} days` : `${maturityHours} h`} after the month's end.`
    return {
      metric,
      label,
      what: `${what}${mature}`,
      interval: intervalWords[interval],
      why: `${why} Definition version ${definitionVersion}.`,
    }
  })
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
