import { countOf, formatShare } from '#models/format-metric.ts'
import { gwetAc1 } from '#models/statistics/gwet-ac1.ts'
import { type PairCounts, specificAgreement } from '#models/statistics/specific-agreement.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult } from '../gate-result.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { monthSpan } from '../sentences.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/** Under so many contacts with a defect, agreement on defects cannot be told. */
const fewestDefects = 10

/**
 * G7, the other half: two people who review the same contact agree, beyond chance (Gwet's AC1) and, where enough
 * defects were seen, on what a defect is (positive agreement, which AC1 hides where defects are rare). Never fails.
 * undefined where the policy does not ask. methods.md section 7.
 */
export function agreementGate(evidence: TypeEvidence): GateResult | undefined {
  const rules = evidence.policy.gates.G7.agreement
  if (rules === undefined) return undefined
  const { minimumAc1, minimumPositive, minimumPairs } = rules
  const gate = { gate: 'G7', label: 'Reviewers agree', unit: 'share', limit: minimumAc1 } as const
  const pairs = evidence.pairs(evidence.window)
  const { both, firstOnly, secondOnly, neither } = pairs
  const n = both + firstOnly + secondOnly + neither
  const span = monthSpan(evidence.window)
  const cure = `${minimumPairs - n} more contacts reviewed by two people make this decidable.`
  if (n === 0) {
    const reason = noAiContact(evidence, evidence.window) ?? `Nobody reviewed a contact a second time in ${span}.`
    return gateResult(gate, 'inconclusive', reason, cure)
  }
  const agreed = gwetAc1(itemsOf(pairs), ['error', 'fine'])
  const value = agreed?.ac1 ?? null
  const facts = { ...gate, value, numerator: both + neither, denominator: n }
  if (n < minimumPairs) {
    const reason = `${countOf(n, 'contact was', 'contacts were')} reviewed twice in ${span}; ${minimumPairs} are asked for.`
    return gateResult(facts, 'inconclusive', reason, cure)
  }
  const { positive } = specificAgreement(pairs)
  const defects = both + firstOnly + secondOnly
  const onDefects =
    defects < fewestDefects || positive === null
      ? 'agreement on defects is unknown, as too few were seen'
      : `of what either calls an error they agree on ${formatShare(positive)}`
  const said = `In ${countOf(n, 'pair')} of ${span} reviewers agree with an AC1 of ${(value ?? 0).toFixed(2)}; ${onDefects}`
  if (value === null || value < minimumAc1) {
    return gateResult(facts, 'inconclusive', `${said}. At least ${minimumAc1.toFixed(2)} is asked for.`, settle)
  }
  if (defects >= fewestDefects && positive !== null && positive < minimumPositive) {
    return gateResult(facts, 'inconclusive', `${said}; at least ${formatShare(minimumPositive)} is asked for.`, settle)
  }
  return gateResult(facts, 'pass', `${said}.`)
}

const settle = 'Settle the contacts judged differently, agree on what an error is, and review anew.'

function itemsOf({ both, firstOnly, secondOnly, neither }: PairCounts): ('error' | 'fine')[][] {
  const times = (count: number, first: 'error' | 'fine', second: 'error' | 'fine') =>
    Array.from({ length: count }, () => [first, second])
  return [
    ...times(both, 'error', 'error'),
    ...times(firstOnly, 'error', 'fine'),
    ...times(secondOnly, 'fine', 'error'),
    ...times(neither, 'fine', 'fine'),
  ]
}
