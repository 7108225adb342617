import { expect, it } from 'vitest'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { nameMissing } from '#governance/policy/name-missing.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'

it('changes nothing of policies that name what they leave out', () => {
  expect(nameMissing(defaultPolicy)).toEqual(defaultPolicy)
  expect(nameMissing(recommendedPolicy)).toEqual(recommendedPolicy)
})

it('names a part that was switched off, and no longer one that was switched on', () => {
  const { segments: _none, ...without } = recommendedPolicy
  expect(nameMissing(without).missingGates).toContainEqual({
    gate: 'G9',
    what: expect.stringMatching(/^Declared segments/),
  })
  const { G6 } = recommendedPolicy.gates
  const withDeterioration = nameMissing({ ...defaultPolicy, gates: { ...defaultPolicy.gates, G6 } })
  expect(withDeterioration.missingGates.filter(({ gate }) => gate === 'G6')).toEqual([
    { gate: 'G6', what: expect.stringMatching(/^Standardisation/) },
  ])
  const atOneMix = nameMissing({
    ...withDeterioration,
    gates: { ...withDeterioration.gates, G3: recommendedPolicy.gates.G3 },
  })
  expect(atOneMix.missingGates.filter(({ what }) => what.startsWith('Standardisation'))).toEqual([])
})

it('keeps what else a policy names as missing', () => {
  const own = { gate: 'G9' as const, what: 'Complaints to the ombudsman' }
  expect(
    nameMissing({ ...defaultPolicy, missingGates: [...defaultPolicy.missingGates, own] }).missingGates,
  ).toContainEqual(own)
})
