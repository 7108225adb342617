import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatCount, formatShare, formatShareNumber } from '#models/format-metric.ts'
import { type MetricId, metrics } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { typeHref } from '../rows-href.ts'
import { compareHalves } from './compared-halves.ts'
import type { Warning, WarningInput } from './warning.ts'

/** A rise smaller than this is not worth a warning, however sure it is. */
const leastRise = 0.01

/** Repeat contact of AI contacts rose beyond chance. */
export function warnOfRepeatContactUp(input: WarningInput): Warning | null {
  return warnOfRise(input, 'repeat_contact_rate_48h', 'Repeat contact up', 'Repeat contact within 48 h', 'repeat')
}

/** Unexpected hand-overs rose beyond chance. */
export function warnOfUnexpectedEscalationUp(input: WarningInput): Warning | null {
  return warnOfRise(input, 'unexpected_escalation_rate', 'Escalations up', 'Unexpected escalation', 'escalation')
}

function warnOfRise(input: WarningInput, metric: MetricId, word: string, name: string, anchor: string): Warning | null {
  const halves = compareHalves(input, {
    metric,
    cohort: 'ai_participated',
    minimumSample: Math.max(metrics[metric].minimumSample, 30),
  })
  if (halves === undefined || halves.lower <= 0 || halves.difference < leastRise) return null
  const { earlier, later } = halves
  return {
    interactionType: input.interactionType,
    status: 'signal',
    word,
    text: `${name} of AI contacts rose from ${formatShareNumber(earlier.numerator / earlier.denominator)} to ${formatShare(later.numerator / later.denominator)} (${formatCount(later.numerator)} of ${formatCount(later.denominator)}). Beyond chance: ${formatShareNumber(halves.lower)} to ${formatShareNumber(halves.upper)}\u202fpp more.`,
    since: `${monthSpan(halves.laterMonths.map(parseMonth))} against ${monthSpan(halves.earlierMonths.map(parseMonth))}.`,
    href: `${typeHref(input.interactionType, input.month)}#${anchor}`,
  }
}
