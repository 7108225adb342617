import type { Policy, RiskTier } from './policy.ts'

/** Of a type, which may have an override, and its risk tier; null for a type that is not registered. */
interface Limited {
  interactionType: string
  riskTier: RiskTier | null
}

/** The error limit of a type, a share 0..1; null where it never expands: without a tier, or in one without a limit. */
export function errorLimitOf(policy: Policy, { interactionType, riskTier }: Limited): number | null {
  const { limitByTier } = policy.gates.G1
  const ofTier = riskTier === null ? null : limitByTier[riskTier]
  const override = overrideOf(policy, interactionType)
  return ofTier === null ? null : (override?.limit ?? ofTier)
}

/** One-sided level of the bound that must lie at or under the limit; null without a risk tier. */
export function errorAlphaPassOf(policy: Policy, { interactionType, riskTier }: Limited): number | null {
  if (riskTier === null) return null
  return overrideOf(policy, interactionType)?.alphaPass ?? policy.gates.G1.alphaPassByTier[riskTier]
}

function overrideOf({ gates }: Policy, interactionType: string) {
  const overrides = gates.G1.limitOverrides ?? {}
  // Own members only: a type may be called "constructor".
  return Object.hasOwn(overrides, interactionType) ? overrides[interactionType] : undefined
}
