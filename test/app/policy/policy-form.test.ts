import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyFieldGroups } from '#app/policy/policy-fields.ts'
import { policyFormValues, readPolicyForm } from '#app/policy/policy-form.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'

const { signingWindowMinutes: _unread, ...first } = defaultPolicy
const read = (values: Record<string, string>, base: Policy = first) => readPolicyForm(values, base, 2)
const fieldsOf = (values: Record<string, string>) => {
  const answer = read(values)
  return 'fields' in answer ? answer.fields : {}
}

describe('the form of a policy', () => {
  it.each([
    ['the first', first],
    ['the recommended', recommendedPolicy],
    [
      'one with limits of its own and gates in shadow',
      {
        ...recommendedPolicy,
        shadowGates: ['G6' as const],
        requiresTraining: true as const,
        casesBeforeVote: 5,
        gates: {
          ...recommendedPolicy.gates,
          G1: { ...recommendedPolicy.gates.G1, limitOverrides: { refund_request: { limit: 0.015, alphaPass: 0.01 } } },
        },
      },
    ],
  ])('gives %s policy back as it was read', (_name, policy) => {
    expect(read(policyFormValues(policy), policy)).toEqual({ policy: { ...policy, version: 2 } })
  })

  it('turns the first policy into the recommended one and back, naming what is missing each time', () => {
    const there = read(policyFormValues(recommendedPolicy))
    expect(there).toEqual({ policy: recommendedPolicy })
    expect(read(policyFormValues(first), recommendedPolicy)).toEqual({ policy: { ...first, version: 2 } })
  })

  it('writes shares as per cent and error levels as how sure one is, exactly', () => {
    const values = policyFormValues(defaultPolicy)
    expect(values['gates.G1.limitByTier.medium']).toBe('2')
    expect(values['gates.G1.alphaPassByTier.medium']).toBe('99.5')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4999 }), (hundredths) => {
        const limit = hundredths / 10_000
        const { G1 } = first.gates
        const policy = { ...first, gates: { ...first.gates, G1: { ...G1, alphaFail: limit } } }
        expect(read(policyFormValues(policy), policy)).toMatchObject({
          policy: { gates: { G1: { alphaFail: limit } } },
        })
      }),
    )
  })

  it.each([
    ['gates.G1.limitByTier.low', 'five', /number/],
    ['gates.G1.limitByTier.low', '', /number/],
    ['gates.G1.limitByTier.medium', '7', /looser limit/],
    ['gates.G1.alphaPassByTier.low', '40', /./],
    ['quorum.expand', '0', /./],
    ['quorum.keep', '3', /./],
    ['windowMonths', '2.5', /./],
    ['dueDays', '91', /./],
    ['tripWire.harm_e_value', '5', /./],
    ['override.refund_request', '9', /low tier/],
    ['name', ' ', /./],
  ])('says at %s what is wrong with "%s"', (name, written, why) => {
    const fields = fieldsOf({ ...policyFormValues(first), [name]: written })
    const [where = name] = name === 'quorum.keep' ? ['quorum.expand'] : [name]
    expect(Object.keys(fields)).toEqual([where])
    expect(fields[where]).toMatch(why)
  })

  it('takes an empty limit of the high tier as: never expands', () => {
    const values = { ...policyFormValues(first), 'gates.G1.limitByTier.high': '1' }
    expect(read(values)).toMatchObject({ policy: { gates: { G1: { limitByTier: { high: 0.01 } } } } })
    expect(read({ ...values, 'gates.G1.limitByTier.high': '' })).toEqual({ policy: { ...first, version: 2 } })
  })

  it('has one input for each number', () => {
    const paths = policyFieldGroups.flatMap(({ fields, switches }) => [...fields, ...switches].map(({ path }) => path))
    expect(new Set(paths).size).toBe(paths.length)
  })
})
