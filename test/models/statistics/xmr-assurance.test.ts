import { describe, expect, it } from 'vitest'
import { xmrAssurance } from '#models/statistics/xmr-assurance.ts'

const limits = { lower: 80, upper: 90 }

describe('xmrAssurance', () => {
  it('is sure of a target outside the limits, either way', () => {
    expect(xmrAssurance(limits, 95, 'higher')).toBe('consistently_fails')
    expect(xmrAssurance(limits, 75, 'higher')).toBe('consistently_passes')
    expect(xmrAssurance(limits, 95, 'lower')).toBe('consistently_passes')
    expect(xmrAssurance(limits, 75, 'lower')).toBe('consistently_fails')
  })

  it('leaves a target within the limits to chance, the limits included', () => {
    for (const target of [80, 85, 90]) expect(xmrAssurance(limits, target, 'higher')).toBe('hit_and_miss')
  })
})
