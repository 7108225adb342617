import { countOf } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { warnOfAutomationCreep } from './automation-creep.ts'
import { warnOfCsatDownAiUp } from './csat-down-ai-up.ts'
import { warnOfErrorRateOverLimit } from './error-rate-over-limit.ts'
import { unknownWord, warnOfErrorRateUnknown } from './error-rate-unknown.ts'
import { warnOfRepeatContactUp, warnOfUnexpectedEscalationUp } from './rate-up.ts'
import { warnOfReviewsIncomplete } from './reviews-incomplete.ts'
import { warnOfReviewsLate } from './reviews-late.ts'
import type { Warning, WarningInput } from './warning.ts'

const checks = [
  warnOfErrorRateOverLimit,
  warnOfCsatDownAiUp,
  warnOfAutomationCreep,
  warnOfRepeatContactUp,
  warnOfUnexpectedEscalationUp,
  warnOfReviewsIncomplete,
  warnOfReviewsLate,
  warnOfErrorRateUnknown,
]

/** Their words, in the same order. */
const kindsInOrder = [
  'Error rate over limit',
  'CSAT down, AI up',
  'Automation creep',
  'Repeat contact up',
  'Escalations up',
  'Reviews not done',
  'Reviews late',
  unknownWord,
]

/** Every warning of one type, gravest first. A provisional month is never compared, so it warns of nothing. */
export function listWarnings(input: WarningInput): Warning[] {
  if (input.closedMonths.length === 0) return []
  return checks.flatMap((check) => check(input) ?? [])
}

const gravity = { fail: 0, signal: 1, inconclusive: 2 } as const

/** From this many types on, the same unknown is said once. */
const sharedFrom = 3

/**
 * Warnings of all types as a page shows them: what is shown to fail first, then by kind in the order of the checks;
 * within a kind the order given (by volume) is kept. An error rate that is unknown for several types is one warning.
 */
export function arrangeWarnings(warnings: readonly Warning[]): Warning[] {
  const unknown = warnings.filter((warning) => warning.word === unknownWord)
  if (unknown.length < sharedFrom) return sortWarnings(warnings)
  const others = warnings.filter((warning) => warning.word !== unknownWord)
  return sortWarnings([...others, shareUnknown(unknown)])
}

function shareUnknown(unknown: readonly Warning[]): Warning {
  const named = unknown.slice(0, sharedFrom).map((warning) => warning.interactionType)
  const rest = unknown.length - named.length
  return {
    interactionType: countOf(unknown.length, 'type'),
    status: 'inconclusive',
    word: unknownWord,
    text: `The AI takes part and fewer than ${metrics.ai_error_rate.minimumSample} random reviews were completed for ${named.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}. A rate is shown from there on.`,
    since: null,
    href: '#types',
  }
}

function sortWarnings(warnings: readonly Warning[]): Warning[] {
  const rank = new Map(kindsInOrder.map((word, index) => [word, index]))
  const rankOf = (warning: Warning) => rank.get(warning.word) ?? kindsInOrder.length
  return [...warnings].sort((a, b) => gravity[a.status] - gravity[b.status] || rankOf(a) - rankOf(b))
}
