import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { cochranArmitage } from '#models/statistics/cochran-armitage.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows, text } from './oracle.ts'

const period = fc.integer({ min: 0, max: 80 }).chain((n) => fc.nat(n).map((k) => ({ k, n })))

describe('cochranArmitage', () => {
  it('finds a fall of 2.25 points a month, z = -3.497', () => {
    const hits = [176, 171, 168, 160, 158, 150]
    const cases = [200, 198, 200, 196, 199, 195]
    const found = cochranArmitage(hits.map((k, index) => ({ k, n: cases[index] ?? 0 })))
    expectClose(found?.z, -3.4973, 5e-5)
    expectClose(found?.slope, -0.0225, 5e-5)
    expectClose(found?.pDecreasing, 2.35e-4, 5e-7)
  })

  it('of two periods of 10 with 2 and 6 hits is the two-sample z: 0.4 / sqrt(0.4 0.6 0.2)', () => {
    const found = cochranArmitage([
      { k: 2, n: 10 },
      { k: 6, n: 10 },
    ])
    expectClose(found?.z, 0.4 / Math.sqrt(0.4 * 0.6 * 0.2), 1e-12)
    expectClose(found?.slope, 0.4, 1e-12)
  })

  it('has nothing to test without cases, with one period, or where all or none were hits', () => {
    expect(cochranArmitage([])).toBeNull()
    expect(
      cochranArmitage([
        { k: 1, n: 2 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull()
    expect(
      cochranArmitage([
        { k: 2, n: 2 },
        { k: 3, n: 3 },
      ]),
    ).toBeNull()
    expect(() => cochranArmitage([{ k: 3, n: 2 }])).toThrow(OversightError)
  })

  it('keeps empty periods as time that passed', () => {
    const gap = cochranArmitage([
      { k: 2, n: 10 },
      { k: 0, n: 0 },
      { k: 6, n: 10 },
    ])
    expectClose(gap?.slope, 0.2, 1e-12)
  })

  it('turns with the direction of time and with what is called a hit', () => {
    fc.assert(
      fc.property(fc.array(period, { minLength: 2, maxLength: 12 }), (periods) => {
        const forwards = cochranArmitage(periods)
        fc.pre(forwards !== null)
        expectClose(cochranArmitage([...periods].reverse())?.z, -(forwards?.z ?? 0), 1e-9)
        expectClose(cochranArmitage(periods.map(({ k, n }) => ({ k: n - k, n })))?.z, -(forwards?.z ?? 0), 1e-9)
      }),
    )
  })
})

describeOracle('cochran_armitage.csv', () => {
  it.each(oracleRows('cochran_armitage'))('$series', (row) => {
    const cases = text(row, 'responses').split(' ').map(Number)
    const found = cochranArmitage(
      text(row, 'satisfied')
        .split(' ')
        .map((k, index) => ({ k: Number(k), n: cases[index] ?? 0 })),
    )
    expectClose(found?.z, num(row, 'z'), CLOSED_FORM)
    expectClose((found?.z ?? 0) ** 2, num(row, 'chisq'), CLOSED_FORM)
    expectClose(found?.pTwoSided, num(row, 'p_two_sided'), CLOSED_FORM)
    expectClose(found?.pDecreasing, num(row, 'p_decreasing'), CLOSED_FORM)
    expectClose(found?.slope, num(row, 'slope_per_month'), CLOSED_FORM)
  })
})
