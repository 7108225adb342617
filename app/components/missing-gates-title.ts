import type { Policy } from '#governance/policy/policy.ts'
import { countOf } from '#models/format-metric.ts'

/** Not "not built": most of them another version of the policy switches on. */
export function missingGatesTitle(missing: Policy['missingGates']): string {
  return `Not judged yet: ${countOf(missing.length, 'check')} that this policy names and nobody ran`
}
