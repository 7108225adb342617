import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatMetricValue, formatShareNumber } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { compareHalves } from './compared-halves.ts'
import type { SeriesKey } from './month-series.ts'
import type { TypeInput } from './type-input.ts'

interface Finding {
  title: string
  text: string
}

/** Whether a rate moved beyond chance between the last closed months and those before, in a sentence; null without enough months. */
export function halvesFinding(input: TypeInput, key: SeriesKey, name: string): Finding | null {
  if (input.evaluation === undefined && input.standing === undefined && input.closedMonths.length === 0) return null
  const halves = compareHalves(input, {
    metric: key.metric,
    cohort: key.cohort,
    scale: key.scale ?? null,
    minimumSample: Math.max(metrics[key.metric].minimumSample, 30),
  })
  if (halves === undefined) return null
  const rate = (half: { numerator: number; denominator: number }) => half.numerator / half.denominator
  const moved = halves.lower > 0 ? 'rose' : halves.upper < 0 ? 'fell' : null
  const from = formatShareNumber(rate(halves.earlier))
  const to = formatMetricValue(key.metric, rate(halves.later))
  const spans = `${monthSpan(halves.laterMonths.map(parseMonth))} against ${monthSpan(halves.earlierMonths.map(parseMonth))}`
  return {
    title: moved === null ? `${name} shows no clear change.` : `${name} ${moved} from ${from} to ${to}.`,
    text:
      moved === null
        ? `${from} then ${to}: ${spans}, within chance.`
        : `${spans}: the difference is ${difference(halves.lower)} to ${difference(halves.upper)}\u202fpp, beyond chance.`,
  }
}

function difference(value: number): string {
  return formatShareNumber(value).replace('-', '\u2212')
}
