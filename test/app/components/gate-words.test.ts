import { describe, expect, it } from 'vitest'
import { changeWords } from '#app/components/gate-words.ts'
import type { GateResult } from '#governance/evaluate/evaluation.ts'

const passing: GateResult = {
  gate: 'G1',
  label: 'AI error rate',
  verdict: 'pass',
  value: 0.017,
  lower: 0.008,
  upper: 0.035,
  decisiveBound: 0.038,
  decisiveSide: 'upper',
  limit: 0.05,
  unit: 'share',
  numerator: 7,
  denominator: 412,
  referenceNumerator: null,
  referenceDenominator: null,
  inconclusiveFrom: 0.029,
  inconclusiveTo: 0.07,
  reason: 'Seven errors.',
  cure: null,
}

/** Thin spaces read as plain ones. */
function said(changes: Partial<GateResult>): string | undefined {
  return changeWords({ ...passing, ...changes })?.replaceAll(/[\u202f\u00a0]/g, ' ')
}

describe('what would change a verdict', () => {
  it('names the value from which a pass could not be told, and how far away it is', () => {
    expect(said({})).toBe('Stops passing at 2.9 %, 1.2 pp away.')
  })

  it('names the value at which a fail is one no longer', () => {
    expect(said({ verdict: 'fail', value: 0.085, decisiveBound: 0.055, decisiveSide: 'lower' })).toBe(
      'Stops failing at 7.0 %, 1.5 pp away.',
    )
  })

  it('looks the other way where more is better', () => {
    const score = { gate: 'G2', unit: 'points', limit: 80, inconclusiveFrom: 78, inconclusiveTo: 83 } as const
    expect(said({ ...score, value: 88, decisiveBound: 85 })).toBe('Stops passing at 83.0, 5.0 points away.')
    expect(said({ ...score, verdict: 'fail', value: 70, decisiveBound: 73 })).toBe(
      'Stops failing at 78.0, 8.0 points away.',
    )
  })

  it('says without a band how far the bound lies from the limit', () => {
    const open = { inconclusiveFrom: null, inconclusiveTo: null }
    expect(said(open)).toBe('The bound is 1.2 pp within the limit.')
    expect(said({ ...open, verdict: 'fail', value: 0.085, decisiveBound: 0.055 })).toBe(
      'The bound is 0.5 pp past the limit.',
    )
  })

  it('says nothing of what is inconclusive, not measured, or failed for another reason than its bound', () => {
    expect(said({ verdict: 'inconclusive' })).toBeUndefined()
    expect(said({ value: null })).toBeUndefined()
    expect(said({ verdict: 'fail' })).toBeUndefined()
    expect(said({ gate: 'G9' })).toBeUndefined()
  })
})
