import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatCount, formatMonth, formatShare, formatShareNumber } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { RateRise } from '#models/warning-signs/rate-rise.ts'
import { repeatContactUp } from '#models/warning-signs/repeat-contact-up.ts'
import { unexpectedEscalationUp } from '#models/warning-signs/unexpected-escalation-up.ts'
import type { WarningSign } from '#models/warning-signs/warning-sign.ts'
import { typeHref } from '../rows-href.ts'
import { monthCounts } from './month-counts.ts'
import type { Warning, WarningInput } from './warning.ts'

/** Repeat contact of AI contacts rose beyond chance. */
export function warnOfRepeatContactUp(input: WarningInput): Warning | null {
  const months = monthCounts(input, { metric: 'repeat_contact_rate_48h', cohort: 'ai_participated' })
  return warnOfRise(input, repeatContactUp(months), {
    word: 'Repeat contact up',
    name: 'Repeat contact within 48 h',
    anchor: 'repeat',
  })
}

/** Unexpected hand-overs rose beyond chance. */
export function warnOfUnexpectedEscalationUp(input: WarningInput): Warning | null {
  const months = monthCounts(input, { metric: 'unexpected_escalation_rate', cohort: 'ai_participated' })
  return warnOfRise(input, unexpectedEscalationUp(months), {
    word: 'Escalations up',
    name: 'Unexpected escalation',
    anchor: 'escalation',
  })
}

function warnOfRise(
  { interactionType, month }: WarningInput,
  { isFired, since, evidence }: WarningSign<RateRise>,
  { word, name, anchor }: { word: string; name: string; anchor: string },
): Warning | null {
  if (!isFired || evidence === null) return null
  const { earlier, later, lower, upper } = evidence
  const seen = since === null || since === month ? '' : ` Seen since ${formatMonth(since)}.`
  return {
    interactionType,
    status: 'signal',
    word,
    text: `${name} of AI contacts rose from ${formatShareNumber(earlier.rate)} to ${formatShare(later.rate)} (${formatCount(later.numerator)} of ${formatCount(later.denominator)}). Beyond chance: ${formatShareNumber(lower)} to ${formatShareNumber(upper)}\u202fpp more.`,
    since: `${monthSpan(later.months.map(parseMonth))} against ${monthSpan(earlier.months.map(parseMonth))}.${seen}`,
    href: `${typeHref(interactionType, month)}#${anchor}`,
  }
}
