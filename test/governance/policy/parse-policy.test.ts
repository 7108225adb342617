import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { parseNextPolicy, parsePolicy } from '#governance/policy/parse-policy.ts'
import type { Policy } from '#governance/policy/policy.ts'

/** The default policy with one field changed, given by its path. */
function changed(path: string, value: unknown): unknown {
  const policy = structuredClone(defaultPolicy) as unknown as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const owner = keys.reduce((part, key) => part[key] as Record<string, unknown>, policy)
  owner[last] = value
  return policy
}

describe('parsePolicy', () => {
  it.each([
    ['gates.G1.limitByTier.low', 1.2],
    ['gates.G1.limitByTier.low', 0],
    ['gates.G1.alphaFail', 0.5],
    ['gates.G2.minimumScore', 101],
    ['gates.G3.minimumResponses', 0],
    ['gates.G7.minimumCompletion', -0.1],
    ['gates.G8.months', 1.5],
    ['windowMonths', 0],
    ['version', '1'],
    ['quorum.expand', 0],
    ['gates.G4.marginShare', undefined],
  ])('refuses %s = %s and names the field', (path, value) => {
    expect(() => parsePolicy(changed(path, value))).toThrow(path)
  })

  it('refuses a field that no policy has: a misspelt limit must not be ignored', () => {
    expect(() => parsePolicy(changed('gates.G4.margin', 0.01))).toThrow('gates.G4')
  })

  it('refuses a looser limit for more risk', () => {
    expect(() => parsePolicy(changed('gates.G1.limitByTier.medium', 0.06))).toThrow('looser limit')
    expect(() => parsePolicy(changed('gates.G1.limitByTier.high', 0.03))).toThrow('looser limit')
  })

  it('takes a limit per type that is no looser than that of the low tier, and refuses a looser one', () => {
    const stricter = changed('gates.G1.limitOverrides', { refund_request: { limit: 0.01, alphaPass: 0.001 } })
    expect(parsePolicy(stricter).gates.G1.limitOverrides).toEqual({ refund_request: { limit: 0.01, alphaPass: 0.001 } })
    expect(() => parsePolicy(changed('gates.G1.limitOverrides', { refund_request: { limit: 0.06 } }))).toThrow(
      'gates.G1.limitOverrides.refund_request',
    )
  })

  it('takes each segment once, with its ceiling', () => {
    const vip = { name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true }
    expect(parsePolicy(changed('segments', [vip])).segments).toEqual([vip])
    expect(() => parsePolicy(changed('segments', [vip, vip]))).toThrow('Each segment once')
    expect(() => parsePolicy(changed('segments', [{ ...vip, name: 'gold' }]))).toThrow('segments.0.name')
    expect(() => parsePolicy(changed('segments', [{ ...vip, ceiling: 'on' }]))).toThrow('segments.0.ceiling')
  })

  it('refuses to expand with fewer approvers than keeping needs', () => {
    expect(() => parsePolicy(changed('quorum', { expand: 1, keep: 2, reduce: 1, baseline: 1 }))).toThrow('expanding')
  })

  it('refuses a policy that is silent about a gate it lacks', () => {
    expect(() => parsePolicy(changed('missingGates', []))).toThrow('gate G6 is neither in the policy nor named')
  })

  it.each([null, 'policy', 7, []])('refuses %j, which is no policy', (value) => {
    expect(() => parsePolicy(value)).toThrow(expect.objectContaining({ code: 'bad_input' }))
  })
})

describe('parseNextPolicy', () => {
  const next: Policy = { ...defaultPolicy, version: 2, name: 'Stricter' }

  it('accepts the version that follows', () => {
    expect(parseNextPolicy([defaultPolicy], next)).toEqual(next)
    expect(parseNextPolicy([], defaultPolicy)).toEqual(defaultPolicy)
  })

  it('refuses to change a published version', () => {
    expect(() => parseNextPolicy([defaultPolicy], { ...next, version: 1 })).toThrow('can no longer change')
    expect(() => parseNextPolicy([defaultPolicy], defaultPolicy)).toThrow('already published')
  })

  it('refuses a gap in the versions', () => {
    expect(() => parseNextPolicy([defaultPolicy], { ...next, version: 3 })).toThrow('The next version is 2')
  })
})
