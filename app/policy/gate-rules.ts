import { formatConfidence, formatLimit, formatMargin } from '#governance/evaluate/sentences.ts'
import type { GateId, Policy, RiskTier } from '#governance/policy/policy.ts'
import { countOf, formatPoints } from '#models/format-metric.ts'

/** What a gate asks for, in plain words. */
export interface GateRule {
  gate: GateId
  name: string
  /** By risk tier where the limit differs; else one sentence for all. */
  limit: string | Readonly<Record<RiskTier, string>>
  /** How sure one must be, and what is needed at least. */
  proof: string
  /** Whether a broken limit recommends a reduction, or only stops an expansion. */
  effect: 'can reduce' | 'stops expansion'
  /** Judged and shown, decides nothing yet. */
  isShadow: boolean
}

const bursts = ' Days that vary more than chance widen the bounds.'

/** Every gate that the policy lists, in order. The numbers are the policy's own. */
export function gateRules(policy: Policy): GateRule[] {
  const { G1, G2, G3, G4, G5, G6, G7, G8, G9, G10 } = policy.gates
  const months = countOf(policy.windowMonths, 'month')
  const errorLimit = (tier: RiskTier): string => {
    const limit = G1.limitByTier[tier]
    if (limit === null) return 'no limit: never expands'
    return `at most ${formatLimit(limit)}, ${formatConfidence(G1.alphaPassByTier[tier])} sure`
  }
  const rules: Omit<GateRule, 'isShadow'>[] = [
    {
      gate: 'G1',
      name: 'AI error rate',
      limit: { low: errorLimit('low'), medium: errorLimit('medium'), high: errorLimit('high') },
      proof: `The upper bound over ${months} of random reviews lies at or under the limit. It fails when the latest month lies above it, ${formatConfidence(G1.alphaFail)} sure.${overrides(G1)}`,
      effect: 'can reduce',
    },
    {
      gate: 'G2',
      name: 'QA score',
      limit: `at least ${formatPoints(G2.minimumScore, 0)} points`,
      proof: `Mean of ${months}, ${formatConfidence(G2.alpha)} sure, from at least ${G2.minimumReviews} reviews.`,
      effect: 'can reduce',
    },
    {
      gate: 'G3',
      name: 'CSAT',
      limit: `at most ${formatMargin(G3.marginShare)} below the reference months`,
      proof: `${formatConfidence(G3.alpha)} sure, from at least ${G3.minimumResponses} answers. Not comparable when the share who answer moved by more than ${formatMargin(G3.maximumResponseShift)}, or lies more than ${formatMargin(G3.maximumResponseGapToHuman)} from that of people.${G3.isMixStandardised ? ' At the mix of channels of the reference months.' : ''}`,
      effect: 'can reduce',
    },
    {
      gate: 'G4',
      name: 'Repeat contact, 48 h',
      limit: `at most ${formatMargin(G4.marginShare)} above the reference months`,
      proof: `${formatConfidence(G4.alpha)} sure.${G4.isOverdispersionAdjusted ? bursts : ''}`,
      effect: 'can reduce',
    },
    {
      gate: 'G5',
      name: 'Unexpected escalation',
      limit: `at most ${formatMargin(G5.marginShare)} above the reference months`,
      proof: `${formatConfidence(G5.alpha)} sure.${G5.isOverdispersionAdjusted ? bursts : ''}`,
      effect: 'can reduce',
    },
    ...(G6 === undefined
      ? []
      : [
          {
            gate: 'G6' as const,
            name: 'No deterioration',
            limit: 'no unfavourable signal open',
            proof: `A signal stays open while it touches one of the latest ${countOf(G6.openMonths, 'month')}. A harm e-value of ${G6.minimumHarmEValue} recommends a reduction.`,
            effect: 'stops expansion' as const,
          },
        ]),
    {
      gate: 'G7',
      name: 'Reviews done',
      limit: `at least ${formatLimit(G7.minimumCompletion)} of the drawn reviews, every month`,
      proof: `A count, so nothing to be unsure of. Skipped reviews are not skipped at random.${G7.agreement === undefined ? '' : ` Two people who review the same contact agree: AC1 at least ${G7.agreement.minimumAc1.toFixed(2)} in at least ${countOf(G7.agreement.minimumPairs, 'pair')}, and where ten defects were seen, on ${formatLimit(G7.agreement.minimumPositive)} of them.`}`,
      effect: 'stops expansion',
    },
    {
      gate: 'G8',
      name: 'Sustained',
      limit: `${countOf(G8.months, 'month')} in a row, same AI version`,
      proof: 'None of them failing, each at or under the limit of the error rate.',
      effect: 'stops expansion',
    },
    {
      gate: 'G9',
      name: 'Critical defects',
      limit:
        G9.maximumCriticalDefects === 0 ? 'none' : `at most ${countOf(G9.maximumCriticalDefects, 'critical defect')}`,
      proof: 'Of any sampling. A list, not a rate: one is enough to stop.',
      effect: 'can reduce',
    },
    {
      gate: 'G10',
      name: 'Many types at once',
      limit: `at most ${formatLimit(G10.falseDiscoveryRate)} of expansions by luck`,
      proof: 'Benjamini-Hochberg over all types that could expand in the month.',
      effect: 'stops expansion',
    },
  ]
  return rules.map((rule) => ({ ...rule, isShadow: policy.shadowGates?.includes(rule.gate) === true }))
}

/** Limits that single types have instead of that of their tier. */
function overrides({ limitOverrides = {} }: Policy['gates']['G1']): string {
  const own = Object.entries(limitOverrides).sort(([a], [b]) => (a < b ? -1 : 1))
  if (own.length === 0) return ''
  const said = own.map(([type, { limit, alphaPass }]) => {
    const sure = alphaPass === undefined ? '' : `, ${formatConfidence(alphaPass)} sure`
    return `${type} at most ${formatLimit(limit)}${sure}`
  })
  return ` Instead of the limit of their tier: ${said.join('; ')}.`
}
