import { describe, expect, it } from 'vitest'
import { gateRules } from '#app/policy/gate-rules.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Policy } from '#governance/policy/policy.ts'

describe('the gates in plain words', () => {
  it('are exactly those of the policy, each once', () => {
    expect(gateRules(defaultPolicy).map(({ gate }) => gate)).toEqual(Object.keys(defaultPolicy.gates))
  })

  it('give the error limit of each tier with how sure one must be', () => {
    expect(gateRules(defaultPolicy)[0]?.limit).toEqual({
      low: 'at most 5\u202f%, 99\u202f% sure',
      medium: 'at most 2\u202f%, 99.5\u202f% sure',
      high: 'no limit: never expands',
    })
  })

  it('say the numbers of the policy at hand, not of another', () => {
    const stricter: Policy = {
      ...defaultPolicy,
      gates: { ...defaultPolicy.gates, G4: { marginShare: 0.015, alpha: 0.01 }, G9: { maximumCriticalDefects: 1 } },
    }
    const rules = new Map(gateRules(stricter).map((rule) => [rule.gate, rule]))
    expect(rules.get('G4')).toMatchObject({
      limit: 'at most 1.5\u202fpp above the reference months',
      proof: '99\u202f% sure.',
    })
    expect(rules.get('G9')?.limit).toBe('at most 1 critical defect')
  })

  it('name the types that have a limit of their own', () => {
    const { G1 } = defaultPolicy.gates
    const limitOverrides = { refund: { limit: 0.01, alphaPass: 0.001 }, chat: { limit: 0.03 } }
    const [rule] = gateRules({ ...defaultPolicy, gates: { ...defaultPolicy.gates, G1: { ...G1, limitOverrides } } })
    expect(rule?.proof).toContain(
      'Instead of the limit of their tier: chat at most 3\u202f%; refund at most 1\u202f%, 99.9\u202f% sure.',
    )
    expect(gateRules(defaultPolicy)[0]?.proof).not.toContain('Instead')
  })

  it('mark what is judged but decides nothing yet', () => {
    const shadowed = gateRules({ ...defaultPolicy, shadowGates: ['G10'] })
    expect(shadowed.filter(({ isShadow }) => isShadow).map(({ gate }) => gate)).toEqual(['G10'])
  })
})
