import { describe, expect, it } from 'vitest'
import { caseAgainst } from '#governance/evaluate/case-against.ts'
import type { GateResult, SegmentResult } from '#governance/evaluate/evaluation.ts'
import { evaluationOf } from '#test/build/ledger.ts'

const [error] = evaluationOf('order_status', 'keep', null).gates
const gate = (change: Partial<GateResult>): GateResult => ({ ...(error as GateResult), ...change })
const near = gate({ gate: 'G1', label: 'Error rate', value: 0.03, decisiveBound: 0.049, limit: 0.05 })
const far = gate({ gate: 'G2', label: 'QA score', value: 97, decisiveBound: 96, limit: 90, unit: 'points' })
const failing = gate({ gate: 'G4', label: 'Repeat contact', verdict: 'fail' })
const open = gate({ gate: 'G5', label: 'Escalation', verdict: 'inconclusive' })
const against = (action: 'expand' | 'keep' | 'reduce', ...gates: GateResult[]) =>
  caseAgainst(action, { gates, level: 'human_in_the_loop' })?.sentence.split('. ')[0] ?? null

describe('the case against', () => {
  it('an expansion is what fails, else what is open, else what passes nearest to its limit', () => {
    expect(against('expand', far, near, open, failing)).toBe('Speaks against expanding: Repeat contact')
    expect(against('expand', far, near, open)).toBe('Speaks against expanding: Escalation')
    expect(against('expand', far, near)).toBe('Least to spare for its uncertainty: Error rate')
  })

  it('an expansion is a failing segment where no gate fails', () => {
    const segments = [
      { segment: 'vip', verdict: 'unknown', reason: 'few' },
      { segment: 'distressed', verdict: 'failing', reason: 'Distressed customers: 9 errors.' },
    ] as SegmentResult[]
    const of = (...gates: GateResult[]) =>
      caseAgainst('expand', { gates, level: 'human_in_the_loop', segments })?.sentence.split('. ')[0]
    expect(of(near, open)).toBe('Speaks against expanding: Distressed customers: 9 errors.')
    expect(of(near, failing)).toBe('Speaks against expanding: Repeat contact')
  })

  it('keeping is what fails, else what passes most clearly', () => {
    expect(against('keep', near, far, failing)).toBe('Speaks for reducing: Repeat contact')
    expect(against('keep', near, far, open)).toBe('Speaks most for expanding: QA score')
  })

  it('keeping on the loop is what passes with the least to spare, as only less is possible', () => {
    const { sentence } = caseAgainst('keep', { gates: [far, near], level: 'human_on_the_loop' }) ?? {}
    expect(sentence).toMatch(/^Least to spare for its uncertainty: Error rate/)
  })

  it('a reduction is what passes most clearly, and nothing where nothing passes', () => {
    expect(against('reduce', near, far, failing)).toBe('Speaks most against reducing: QA score')
    expect(against('reduce', failing)).toBeNull()
  })

  it('is never a gate that decides nothing', () => {
    expect(against('expand', { ...failing, isShadow: true }, near)).toBe(
      'Least to spare for its uncertainty: Error rate',
    )
  })
})
