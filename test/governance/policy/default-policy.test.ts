import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { parsePolicy } from '#governance/policy/parse-policy.ts'
import { gateIds } from '#governance/policy/policy.ts'

describe('defaultPolicy', () => {
  it('is a policy that can be used', () => {
    expect(parsePolicy(structuredClone(defaultPolicy))).toEqual(defaultPolicy)
  })

  it('has the limits of the methods: 5 % for low risk, 2 % for medium, none for high, which never expands', () => {
    expect(defaultPolicy.gates.G1.limitByTier).toEqual({ low: 0.05, medium: 0.02, high: null })
    expect(defaultPolicy.gates.G1.alphaPassByTier).toMatchObject({ low: 0.01, medium: 0.005 })
  })

  it('asks two approvers to expand and one for the rest', () => {
    expect(defaultPolicy.quorum).toEqual({ expand: 2, keep: 1, reduce: 1, baseline: 1 })
  })

  it('names every gate it does not have, and the halves it lacks', () => {
    const missing = defaultPolicy.missingGates
    expect(gateIds.filter((gate) => !(gate in defaultPolicy.gates))).toEqual(['G6'])
    expect(missing.some(({ gate, what }) => gate === 'G6' && what.includes('Deterioration'))).toBe(true)
    expect(missing.some(({ gate, what }) => gate === 'G7' && what.includes('Reviewer agreement'))).toBe(true)
    expect(missing.some(({ gate, what }) => gate === 'G7' && what.includes('Judge agreement'))).toBe(true)
  })
})
