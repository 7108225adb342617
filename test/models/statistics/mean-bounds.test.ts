import { describe, expect, it } from 'vitest'
import { meanBounds } from '#models/statistics/mean-bounds.ts'
import { expectClose } from './closeness.ts'

describe('meanBounds', () => {
  it('equals t.test of R for 1, 2, 3, 4, 5 at 95 % two-sided', () => {
    const bounds = meanBounds(5, 15, 55, 0.025)
    expectClose(bounds?.mean, 3, 1e-12)
    expectClose(bounds?.lower, 1.03675683852, 1e-9)
    expectClose(bounds?.upper, 4.96324316148, 1e-9)
  })

  it('knows no spread of fewer than two scores', () => {
    expect(meanBounds(1, 90, 8100, 0.05)).toBeNull()
  })

  it('is a point where every score is the same', () => {
    expect(meanBounds(3, 0.3, 0.03, 0.05)?.lower).toBeCloseTo(0.1, 12)
  })
})
