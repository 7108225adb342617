import type { Policy } from './policy.ts'

export interface PolicyDifference {
  /** Where, as in gates.G1.limitByTier.low */
  path: string
  /** undefined: not there. */
  before: unknown
  after: unknown
}

/** Every value in which two policies differ, by path, but for the version. Lists are compared as a whole. Pure. */
export function diffPolicies(before: Policy, after: Policy): PolicyDifference[] {
  const [left, right] = [leavesOf(before, ''), leavesOf(after, '')]
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => path !== 'version' && JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
    .sort()
    .map((path) => ({ path, before: left.get(path), after: right.get(path) }))
}

function leavesOf(value: unknown, path: string): Map<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return new Map([[path, value]])
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return new Map(entries.flatMap(([key, member]) => [...leavesOf(member, path === '' ? key : `${path}.${key}`)]))
}
