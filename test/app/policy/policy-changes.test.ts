import { describe, expect, it } from 'vitest'
import { policyChanges } from '#app/policy/policy-changes.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { diffPolicies } from '#governance/policy/diff-policies.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'

describe('the difference of two policies in words', () => {
  it('says each value with its unit, before and after', () => {
    const { G1 } = defaultPolicy.gates
    const after = {
      ...defaultPolicy,
      bakeMonths: 2,
      gates: { ...defaultPolicy.gates, G1: { ...G1, alphaFail: 0.025, limitOverrides: { refund: { limit: 0.015 } } } },
    }
    expect(policyChanges(defaultPolicy, after)).toEqual([
      {
        path: 'gates.G1.alphaFail',
        what: 'G1 AI error rate: how sure a failure must be',
        before: '95\u202f% sure',
        after: '97.5\u202f% sure',
      },
      { path: 'bakeMonths', what: 'How long: bake time after a change of level', before: '1 month', after: '2 months' },
      {
        path: 'gates.G1.limitOverrides.refund.limit',
        what: 'G1 AI error rate: own limit of refund',
        before: 'that of its tier',
        after: '1.5\u202f%',
      },
    ])
  })

  it('holds both lists whole, and marks what goes and what is new', () => {
    const [first, second, third] = defaultPolicy.missingGates
    const before = { ...defaultPolicy, missingGates: [first, second].filter((gate) => gate !== undefined) }
    const after = { ...defaultPolicy, missingGates: [second, third].filter((gate) => gate !== undefined) }
    const words = (gate: typeof first) => `${gate?.gate} ${gate?.what}`
    expect(policyChanges(before, after)).toMatchObject([
      {
        before: `Goes: ${words(first)}\n${words(second)}`,
        after: `${words(second)}\nNew: ${words(third)}`,
      },
    ])
    expect(policyChanges(before, { ...before, missingGates: [] })[0]?.after).toBe('none left')
  })

  it('says from which side a trip-wire fires', () => {
    const tripWires = [
      { metric: 'critical_defects', threshold: 0 },
      { metric: 'harm_e_value', threshold: 20 },
      { metric: 'csat_satisfied_rate', threshold: 0.7 },
    ] as const
    expect(policyChanges(defaultPolicy, { ...defaultPolicy, tripWires: [...tripWires] })).toMatchObject([
      {
        before: 'none',
        after: 'Critical defects more than 0\nHarm e-value at least 20\nCSAT shown under 70\u202f%',
      },
    ])
  })

  it('says of a margin that it is in percentage points', () => {
    const { G4 } = defaultPolicy.gates
    const after = { ...defaultPolicy, gates: { ...defaultPolicy.gates, G4: { ...G4, marginShare: 0.03 } } }
    expect(policyChanges(defaultPolicy, after)).toMatchObject([{ before: '2\u202fpp', after: '3\u202fpp' }])
  })

  it('does not take a default that is written down for a change', () => {
    expect(policyChanges(defaultPolicy, { ...defaultPolicy, dueDays: 14 })).toEqual([])
    expect(policyChanges(defaultPolicy, { ...defaultPolicy, dueDays: 21 })).toMatchObject([
      { before: '14 days', after: '21 days' },
    ])
  })

  it('leaves nothing else out, and names everything in words', () => {
    const changes = policyChanges(defaultPolicy, recommendedPolicy)
    expect(changes.map(({ path }) => path).sort()).toEqual(
      diffPolicies(defaultPolicy, recommendedPolicy)
        .map(({ path }) => path)
        .filter((path) => path !== 'dueDays'),
    )
    for (const { what, path, before, after } of changes) {
      expect(what).not.toBe(path)
      expect(`${before} ${after}`).not.toMatch(/[{}[\]]|undefined|null/)
    }
  })
})
