import { expect, it } from 'vitest'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { parseNextPolicy, parsePolicy } from '#governance/policy/parse-policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'

it('follows version 1, holds the gates it adds, and no longer names them as missing', () => {
  expect(parseNextPolicy([defaultPolicy], structuredClone(recommendedPolicy))).toEqual(recommendedPolicy)
  expect(recommendedPolicy.missingGates.map(({ what }) => what).join(' ')).not.toMatch(
    /Lapse|harm e-value|Overdispersion|Reviewer agreement|Declared segments|Standardisation/,
  )
  expect(recommendedPolicy.missingGates.length).toBe(defaultPolicy.missingGates.length - 7)
})

it('refuses shadow gates that are not in the policy, and G1', () => {
  expect(() => parsePolicy({ ...defaultPolicy, shadowGates: ['G6'] })).toThrow(/gate G6 is not in the policy/)
  expect(() => parsePolicy({ ...defaultPolicy, shadowGates: ['G1'] })).toThrow(/without G1/)
})
