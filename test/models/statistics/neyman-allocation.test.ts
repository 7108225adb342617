import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neymanAllocation } from '#models/statistics/neyman-allocation.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const twoStrata = [
  { population: 9000, expectedShare: 0.01 },
  { population: 1000, expectedShare: 0.1 },
]
const threeStrata = [
  { population: 7000, expectedShare: 0.01 },
  { population: 2000, expectedShare: 0.03 },
  { population: 1000, expectedShare: 0.15 },
]
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('neymanAllocation', () => {
  it('gives 150 and 50 of 200 to strata of 90 % at 1 % and 10 % at 10 %', () => {
    expect(neymanAllocation(twoStrata, 200).reviews).toEqual([150, 50])
  })

  it('never draws less than the floor, nor more than there is', () => {
    const reviews = neymanAllocation(
      [
        { population: 9990, expectedShare: 0.05 },
        { population: 10, expectedShare: 0.05 },
      ],
      100,
    ).reviews
    expect(reviews).toEqual([90, 10])
    expect(neymanAllocation(twoStrata, 20).reviews).toEqual([30, 30])
    expect(neymanAllocation(twoStrata, 50_000).reviews).toEqual([9000, 1000])
  })

  it('is proportional where nothing is expected anywhere', () => {
    const strata = [
      { population: 300, expectedShare: 0 },
      { population: 100, expectedShare: 0 },
    ]
    expect(neymanAllocation(strata, 200)).toEqual({ exact: [150, 50], reviews: [150, 50] })
  })

  it('adds up to the wanted number wherever floors and populations allow it', () => {
    const stratum = fc.record({
      population: fc.integer({ min: 0, max: 500 }),
      expectedShare: fc.constantFrom(0, 0.001, 0.02, 0.2, 0.5, 1),
    })
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 600 }), (strata, n) => {
        const { reviews } = neymanAllocation(strata, n)
        const floors = sum(strata.map(({ population }) => Math.min(30, population)))
        const all = sum(strata.map(({ population }) => population))
        expect(sum(reviews)).toBe(Math.max(floors, Math.min(n, all)))
        for (const [index, { population }] of strata.entries()) {
          expect(reviews[index]).toBeGreaterThanOrEqual(Math.min(30, population))
          expect(reviews[index]).toBeLessThanOrEqual(population)
        }
      }),
    )
  })
})

describeOracle('neyman_allocation.csv', () => {
  it.each(oracleRows('neyman_allocation'))('$case, stratum $stratum', (row) => {
    const strata = row.case === 'two strata' ? twoStrata : threeStrata
    const { exact } = neymanAllocation(strata, num(row, 'n_total'))
    expectClose(exact[num(row, 'stratum') - 1], num(row, 'n_neyman'), CLOSED_FORM)
  })
})
