import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { fisherExact } from '#models/statistics/fisher-exact.ts'
import { expectClose } from './closeness.ts'

const table = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40))

describe('fisherExact', () => {
  it('of the lady who tells 3 of 4 cups is 34/70', () => {
    // Tables with 0, 1, 2, 3, 4 right: 1, 16, 36, 16, 1 of 70.
    expectClose(fisherExact(3, 4, 1, 4), 34 / 70, 1e-12)
    expectClose(fisherExact(4, 4, 0, 4), 2 / 70, 1e-12)
    expectClose(fisherExact(2, 4, 2, 4), 1, 1e-12)
  })

  it('sees no difference from an empty group', () => {
    expect(fisherExact(0, 0, 3, 9)).toBe(1)
    expect(() => fisherExact(4, 3, 1, 9)).toThrow(OversightError)
  })

  it('does not mind which group is the first nor what is called a hit', () => {
    fc.assert(
      fc.property(table, ([k1, miss1, k2, miss2]) => {
        const p = fisherExact(k1, k1 + miss1, k2, k2 + miss2)
        expectClose(fisherExact(k2, k2 + miss2, k1, k1 + miss1), p, 1e-10)
        expectClose(fisherExact(miss1, k1 + miss1, miss2, k2 + miss2), p, 1e-10)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
})
