import { warnOfAutomationCreep } from './automation-creep.ts'
import { warnOfCsatDownAiUp } from './csat-down-ai-up.ts'
import { warnOfErrorRateOverLimit } from './error-rate-over-limit.ts'
import { warnOfErrorRateUnknown } from './error-rate-unknown.ts'
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
  'Error rate unknown',
]

/** Every warning of one type, gravest first. A provisional month is never compared, so it warns of nothing. */
export function listWarnings(input: WarningInput): Warning[] {
  if (input.closedMonths.length === 0) return []
  return checks.flatMap((check) => check(input) ?? [])
}

const gravity = { fail: 0, signal: 1, inconclusive: 2 } as const

/**
 * Warnings of all types: what is shown to fail first, then by kind in the order of the checks; within a kind the order
 * given (by volume) is kept.
 */
export function sortWarnings(warnings: readonly Warning[]): Warning[] {
  const rank = new Map(kindsInOrder.map((word, index) => [word, index]))
  const rankOf = (warning: Warning) => rank.get(warning.word) ?? kindsInOrder.length
  return [...warnings].sort((a, b) => gravity[a.status] - gravity[b.status] || rankOf(a) - rankOf(b))
}
