import { isDeepStrictEqual } from 'node:util'
import { OversightError } from '#models/oversight-error.ts'
import { gateIds, type Policy, policySchema } from './policy.ts'

/**
 * Reads a policy from data (a file, a form, the ledger). Throws bad_input naming every field that cannot be used:
 * an unknown field, a number outside its range, or rules that contradict each other.
 */
export function parsePolicy(value: unknown): Policy {
  const read = readPolicy(value)
  if ('problems' in read) refuse(read.problems.map(({ path, message }) => `${path}: ${message}`))
  return read.policy
}

/** One thing that is wrong with a policy, and where: gates.G1.limitByTier.low */
export interface PolicyProblem {
  path: string
  message: string
}

/** As parsePolicy, giving every problem by its path instead of throwing. */
export function readPolicy(value: unknown): { policy: Policy } | { problems: PolicyProblem[] } {
  const parsed = policySchema.safeParse(value)
  if (!parsed.success) {
    return { problems: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'policy', message })) }
  }
  const contradictions = contradictionsOf(parsed.data)
  return contradictions.length > 0 ? { problems: contradictions } : { policy: parsed.data }
}

/**
 * Accepts the policy that is to follow the published ones (any order). Published versions are immutable, and
 * versions are consecutive. Throws conflict otherwise.
 */
export function parseNextPolicy(published: readonly Policy[], value: unknown): Policy {
  const next = parsePolicy(value)
  const same = published.find((policy) => policy.version === next.version)
  if (same !== undefined) {
    throw new OversightError(
      'conflict',
      isDeepStrictEqual(same, next)
        ? `Policy version ${next.version} is already published.`
        : `Policy version ${next.version} is published and can no longer change. Publish the change as a new version.`,
    )
  }
  const latest = Math.max(0, ...published.map((policy) => policy.version))
  if (next.version !== latest + 1) {
    throw new OversightError(
      'conflict',
      `Policy version ${next.version} does not follow version ${latest}. The next version is ${latest + 1}.`,
    )
  }
  return next
}

function contradictionsOf(policy: Policy): PolicyProblem[] {
  const { limitByTier } = policy.gates.G1
  const found: PolicyProblem[] = []
  if (limitByTier.medium > limitByTier.low) {
    found.push({ path: 'gates.G1.limitByTier.medium', message: 'a higher risk may not have a looser limit than low' })
  }
  if (limitByTier.high !== null && limitByTier.high > limitByTier.medium) {
    found.push({ path: 'gates.G1.limitByTier.high', message: 'a higher risk may not have a looser limit than medium' })
  }
  for (const [type, override] of Object.entries(policy.gates.G1.limitOverrides ?? {})) {
    if (override.limit > limitByTier.low) {
      found.push({
        path: `gates.G1.limitOverrides.${type}`,
        message: 'an override may not be looser than the limit of the low tier',
      })
    }
  }
  if (policy.validityMonths < policy.bakeMonths) {
    found.push({
      path: 'validityMonths',
      message: 'a decision would expire before the change has had time to show its effect',
    })
  }
  if (policy.quorum.expand < policy.quorum.keep || policy.quorum.expand < policy.quorum.reduce) {
    found.push({ path: 'quorum.expand', message: 'expanding may not need fewer approvers than keeping or reducing' })
  }
  for (const gate of policy.shadowGates ?? []) {
    if (!(gate in policy.gates)) found.push({ path: `shadowGates`, message: `gate ${gate} is not in the policy` })
    if (gate === 'G1') found.push({ path: 'shadowGates', message: 'nothing can be decided without G1' })
  }
  for (const gate of gateIds) {
    const isBuilt = gate in policy.gates
    if (!isBuilt && !policy.missingGates.some((missing) => missing.gate === gate)) {
      found.push({ path: `missingGates`, message: `gate ${gate} is neither in the policy nor named as missing` })
    }
  }
  return found
}

function refuse(problems: readonly string[]): never {
  throw new OversightError(
    'bad_input',
    `The policy cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    {
      details: { problemCount: problems.length },
    },
  )
}
