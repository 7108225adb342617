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
        before: 'not there',
        after: '1.5\u202f%',
      },
    ])
  })

  it('leaves nothing out, and names everything in words', () => {
    const changes = policyChanges(defaultPolicy, recommendedPolicy)
    expect(changes.map(({ path }) => path).sort()).toEqual(
      diffPolicies(defaultPolicy, recommendedPolicy).map(({ path }) => path),
    )
    for (const { what, path, before, after } of changes) {
      expect(what).not.toBe(path)
      expect(`${before} ${after}`).not.toMatch(/[{}[\]]|undefined|null/)
    }
  })
})
