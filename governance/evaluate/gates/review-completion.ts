import { formatMonth, formatShare } from '#models/format-metric.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, obstacleOf } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { pool } from '../pool.ts'
import { completionOf, reviewsToComplete } from '../review-completion.ts'
import { formatLimit, monthList } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/**
 * G7, the half that is built: in every month of the window the drawn random reviews are done and the numbers final.
 * The value is that of the worst month: a pooled share would hide a month that was skipped. Never fails.
 */
export function reviewCompletionGate(evidence: TypeEvidence): GateResult {
  const { minimumCompletion } = evidence.policy.gates.G7
  const gate = { gate: 'G7', label: 'Reviews done, lowest month', unit: 'share', limit: minimumCompletion } as const
  const months = evidence.window
    .map((month) => ({ month, ...completionOf(evidence, month) }))
    .filter(({ drawn }) => drawn > 0)
  const [first, ...others] = months
  if (first === undefined) {
    const reason =
      noAiContact(evidence, evidence.window) ?? 'No random review was drawn, so nobody looked at what the AI did.'
    return gateResult(gate, 'inconclusive', reason)
  }
  const share = (month: typeof first) => month.completed / month.drawn
  const worst = others.reduce((low, next) => (share(next) < share(low) ? next : low), first)
  const facts = { ...gate, value: share(worst), numerator: worst.completed, denominator: worst.drawn }
  const obstacle = obstacleOf(pool(evidence, evidence.window, 'qa_completion'))
  if (obstacle !== null) return gateResult(facts, 'inconclusive', obstacle)
  const drawnMonths = new Set(months.map(({ month }) => month))
  const undrawn = evidence.window.filter((month) => !drawnMonths.has(month))
  if (undrawn.length > 0) {
    return gateResult(facts, 'inconclusive', `No random review was drawn in ${monthList(undrawn)}.`)
  }
  const said = `${formatShare(share(worst))} of the reviews drawn in ${formatMonth(worst.month)} are done`
  if (worst.completed >= minimumCompletion * worst.drawn) {
    return gateResult(facts, 'pass', `${said}, the lowest month; ${formatLimit(minimumCompletion)} are asked for.`)
  }
  return gateResult(
    facts,
    'inconclusive',
    `Only ${said}; ${formatLimit(minimumCompletion)} are asked for.`,
    reviewsToComplete(evidence, evidence.window),
  )
}
