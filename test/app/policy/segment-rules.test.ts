import { expect, it } from 'vitest'
import { segmentRules } from '#app/policy/segment-rules.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'

it('the recommended policy declares VIP, distressed customers and those whose last contact failed', () => {
  expect(segmentRules(recommendedPolicy)?.rules).toEqual([
    { segment: 'VIP customers', ceiling: 'In the loop', effect: 'stops an expansion' },
    { segment: 'Distressed customers', ceiling: 'In the loop', effect: 'stops an expansion' },
    { segment: 'Customers whose last contact failed', ceiling: 'In the loop', effect: 'stops an expansion' },
  ])
  expect(segmentRules(recommendedPolicy)?.proof).toContain('98.3\u202f% sure')
})

it('says how sure one must be by the number of segments, and what is only shown', () => {
  const one = [{ name: 'vip', ceiling: 'human_on_the_loop', blocksExpansion: false } as const]
  const rules = segmentRules({ ...defaultPolicy, segments: one })
  expect(rules?.rules).toEqual([{ segment: 'VIP customers', ceiling: 'On the loop', effect: 'is shown only' }])
  expect(rules?.proof).toContain('95\u202f% sure')
})

it('version 1 declares none', () => {
  expect(segmentRules(defaultPolicy)).toBeNull()
})
