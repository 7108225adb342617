import { countOf } from '#models/format-metric.ts'
import { type Month, monthsEndingWith } from '#models/reporting-month.ts'
import { stratifiedRate } from '#models/statistics/stratified-rate.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { pool } from '../pool.ts'
import { poolStrata } from '../pool-strata.ts'
import { incompleteMonths } from '../review-completion.ts'
import { formatLimit, monthList, monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'
import { lowerBoundOfMonth } from './error-rate.ts'

/** What a source without AI versions is given; nobody can say that it stayed the same. */
const unknownVersions: ReadonlySet<string> = new Set(['', 'unknown'])

/**
 * G8. So many consecutive complete months, no month failing G1, each month's error rate at or under the limit, one AI
 * version in all. Counts months. Never fails: what has not lasted is not shown to be bad.
 */
export function sustainedGate(evidence: TypeEvidence): GateResult {
  const months = monthsEndingWith(evidence.month, evidence.policy.gates.G8.months)
  const { errorLimit: limit } = evidence
  const gate = { gate: 'G8', label: 'Sustained', unit: 'count', limit: months.length } as const
  if (limit === null) {
    return gateResult(gate, 'inconclusive', 'Without a limit no month can be within it.')
  }
  const obstacles: string[] = []
  const incomplete = months.filter((month) => !isComplete(evidence, month))
  const over = months.filter((month) => !incomplete.includes(month) && isOverLimit(evidence, month, limit))
  const good = months.filter((month) => !incomplete.includes(month) && !over.includes(month))
  const facts = { ...gate, value: good.length, numerator: good.length, denominator: months.length }
  const unseen = noAiContact(evidence, months)
  if (unseen !== null) return gateResult(facts, 'inconclusive', unseen)
  if (incomplete.length > 0) obstacles.push(`${monthList(incomplete)} without complete, final reviews`)
  if (over.length > 0) obstacles.push(`${monthList(over)} over the limit of ${formatLimit(limit)}`)
  if (pool(evidence, months, 'ai_error_rate').definitionVersions.length > 1) {
    obstacles.push('the definition of the error rate changed')
  }
  const versionObstacle = versionObstacleOf(evidence, months)
  if (versionObstacle !== null) obstacles.push(versionObstacle)
  if (obstacles.length === 0) {
    const reason = `${countOf(months.length, 'month')} within the limit (${monthSpan(months)}), all with AI version ${evidence.aiVersions(evidence.month)[0]}.`
    return gateResult(facts, 'pass', reason)
  }
  const reason = `${good.length} of ${countOf(months.length, 'month')} within the limit: ${obstacles.join('; ')}.`
  return gateResult(facts, 'inconclusive', reason)
}

function isComplete(evidence: TypeEvidence, month: Month): boolean {
  const counts = pool(evidence, [month], 'ai_error_rate')
  return counts.denominator > 0 && counts.provisional.length === 0 && incompleteMonths(evidence, [month]).length === 0
}

function isOverLimit(evidence: TypeEvidence, month: Month, limit: number): boolean {
  const counts = pool(evidence, [month], 'ai_error_rate')
  const lowerBound = lowerBoundOfMonth(evidence, month)
  const weighted = poolStrata(evidence, [month])
  const rate = weighted === null ? counts.numerator / counts.denominator : stratifiedRate(weighted.strata)?.rate
  return rate === undefined || rate > limit || (lowerBound !== null && lowerBound > limit)
}

function versionObstacleOf(evidence: TypeEvidence, months: readonly Month[]): string | null {
  const unknown = months.filter((month) => {
    const versions = evidence.aiVersions(month)
    return versions.length === 0 || versions.some((version) => unknownVersions.has(version))
  })
  if (unknown.length > 0) return `the AI version of ${monthList(unknown)} is not known`
  const versions = new Set(months.flatMap((month) => evidence.aiVersions(month)))
  return versions.size > 1 ? `the AI version changed (${[...versions].sort().join(', ')})` : null
}
