import type { Role } from '#governance/accounts/roles.ts'
import type { RiskClass } from '#governance/evaluate/risk-class.ts'
import type { RiskTier } from '#governance/policy/policy.ts'

/** Who may register types and change what the registry says; the use cases check again. */
export const registryWriters: readonly Role[] = ['approver', 'admin']

export const tierWords: Readonly<Record<RiskTier, string>> = { low: 'Low', medium: 'Medium', high: 'High' }

/** Risk classes as the law means them, apart from the risk tier, which sets the error limit. */
export const classWords: Readonly<Record<RiskClass, string>> = {
  minimal: 'Minimal',
  limited: 'Limited',
  high: 'High',
  blocked: 'Blocked use',
}

/** Where a type is registered, or what is registered of it is changed. */
export function registrationHref(interactionType: string): string {
  return `/responsibilities/${encodeURIComponent(interactionType)}`
}
