import { countOf, formatMonth } from '#models/format-metric.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, obstacleOf } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { pool } from '../pool.ts'
import { monthList, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/**
 * G9. No critical defect in the window, whatever the sampling. A plain count. One found is a failure even in a month
 * that can still change; none found says something only where random reviews were done and errors are graded.
 */
export function criticalDefectsGate(evidence: TypeEvidence): GateResult {
  const { maximumCriticalDefects: limit } = evidence.policy.gates.G9
  const gate = { gate: 'G9', label: 'Critical defects', unit: 'count', limit } as const
  const found = evidence.window.flatMap((month) => {
    const count = evidence.findPoint(month, 'critical_defects', 'ai_participated', null)?.numerator
    return count === undefined || !Number.isSafeInteger(count) || count < 0 ? [] : [{ month, count }]
  })
  const total = found.reduce((sum, { count }) => sum + count, 0)
  const reviewed = pool(evidence, evidence.window, 'ai_error_rate')
  const facts = { ...gate, value: found.length === 0 ? null : total, numerator: found.length === 0 ? null : total }
  if (total > limit) {
    const months = found.filter(({ count }) => count > 0).map(({ month }) => month)
    return gateResult(facts, 'fail', `${countOf(total, 'critical defect')} found in ${monthList(months)}.`)
  }
  if (found.length === 0 || reviewed.denominator === 0) {
    const reason =
      noAiContact(evidence, evidence.window) ??
      `No random review was completed in ${monthSpan(evidence.window)}, so none could be found.`
    return gateResult({ ...facts, value: null }, 'inconclusive', reason)
  }
  const obstacle = obstacleOf(reviewed)
  if (obstacle !== null) return gateResult(facts, 'inconclusive', obstacle)
  if (!reviewed.months.includes(evidence.month)) {
    const reason = `No random review of ${formatMonth(evidence.month)} was completed, so none could be found.`
    return gateResult(facts, 'inconclusive', reason)
  }
  const ungraded = ungradedErrors(evidence)
  if (ungraded > 0) {
    const reason = `${countOf(ungraded, 'error')} found in ${monthSpan(evidence.window)}, none with a severity, so nobody knows whether one was critical.`
    return gateResult({ ...facts, value: null, numerator: null }, 'inconclusive', reason, 'Give errors a severity.')
  }
  const reason = `${total === 0 ? 'No critical defect' : countOf(total, 'critical defect')} found in ${monthSpan(evidence.window)}${limit === 0 ? '' : `; ${limit} allowed`}.`
  return gateResult(facts, 'pass', reason)
}

/** Errors of the window when not one of them was graded; 0 when there was none, or grading is done. */
function ungradedErrors(evidence: TypeEvidence): number {
  const errors = pool(evidence, evidence.window, 'ai_error_rate').numerator
  const graded = pool(evidence, evidence.window, 'severity_graded').numerator
  return graded === 0 ? errors : 0
}
