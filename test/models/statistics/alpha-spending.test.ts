import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { alphaSpending, alphaSpent, spendingBoundaries } from '#models/statistics/alpha-spending.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

const thirds = [1 / 3, 2 / 3, 1]

describe('alphaSpending', () => {
  it('of three looks is 3.200, 2.141, 1.695 in the manner of O’Brien and Fleming', () => {
    const found = alphaSpending('obrien_fleming', thirds).map(({ criticalZ }) => criticalZ)
    for (const [index, z] of [3.2001, 2.14082, 1.69481].entries()) expectClose(found[index], z, 1e-5)
  })

  it('of three looks is 2.002, 1.994, 1.980 in the manner of Pocock', () => {
    const found = alphaSpending('pocock', thirds).map(({ criticalZ }) => criticalZ)
    for (const [index, z] of [2.00201, 1.9938, 1.9803].entries()) expectClose(found[index], z, 1e-5)
  })

  it('of a single look is the plain test', () => {
    expectClose(alphaSpending('pocock', [1], 0.05)[0]?.criticalZ, 1.6448536269514722, 1e-12)
    expectClose(alphaSpending('obrien_fleming', [1], 0.025)[0]?.nominalP, 0.025, 1e-14)
  })

  it('of two looks has exactly the promised false alarms, by plain summing over the first z', () => {
    const [first, last] = alphaSpending('obrien_fleming', [0.4, 1])
    const step = 1e-4
    let stopped = 0
    for (let z = -8; z < (first?.criticalZ ?? 0); z += step) {
      const middle = Math.min(z + step / 2, first?.criticalZ ?? 0)
      const width = Math.min(step, (first?.criticalZ ?? 0) - z)
      const needed = ((last?.criticalZ ?? 0) - middle * Math.sqrt(0.4)) / Math.sqrt(0.6)
      stopped += width * (Math.exp(-(middle ** 2) / 2) / Math.sqrt(2 * Math.PI)) * normalCdf(-needed, 0, 1)
    }
    expectClose((first?.nominalP ?? 0) + stopped, 0.05, 1e-8)
  })

  it('spends all of alpha at the end, and less before', () => {
    for (const spending of ['obrien_fleming', 'pocock'] as const) {
      expectClose(alphaSpent(spending, 1, 0.05), 0.05, 1e-15)
      fc.assert(
        fc.property(fc.double({ min: 0.01, max: 0.98, noNaN: true }), (t) => {
          expect(alphaSpent(spending, t)).toBeLessThan(alphaSpent(spending, t + 0.01))
        }),
      )
    }
  })

  it('refuses a plan that does not rise', () => {
    expect(() => alphaSpending('pocock', [0.5, 0.5, 1])).toThrow(OversightError)
    expect(() => alphaSpending('pocock', [0.5, 1.1])).toThrow(OversightError)
    expect(() => spendingBoundaries([0.5, 1], [0.05])).toThrow(OversightError)
  })
})

describeOracle('alpha_spending.csv', () => {
  const plans = [...groupRows(oracleRows('alpha_spending'), 'K', 'type')]

  it.each(plans)('K and type %s: what may be spent', (name, rows) => {
    for (const row of rows) {
      const spending = name.endsWith('asOF') ? 'obrien_fleming' : 'pocock'
      const fraction = num(row, 'look') / num(row, 'K')
      expectClose(alphaSpent(spending, fraction), num(row, 'spending_formula'), CLOSED_FORM)
    }
  })

  // The reference program integrates to about 1e-8 a look, and the error adds up: 3e-10 at the second look, 7e-8 at the
  // twelfth. Ours does not change by 1e-13 when its quadrature is made five times finer.
  it.each(plans)('K and type %s: boundaries for the formula', (name, rows) => {
    const looks = alphaSpending(
      name.endsWith('asOF') ? 'obrien_fleming' : 'pocock',
      rows.map((row) => num(row, 'look') / num(row, 'K')),
    )
    for (const [index, row] of rows.entries()) {
      const tolerance = index < 2 ? CLOSED_FORM : 1e-7
      expectClose(looks[index]?.nominalP, num(row, 'nominal_p'), tolerance, `p of look ${index + 1}:`)
      expectClose(looks[index]?.criticalZ, num(row, 'critical_z'), 2e-6, `z of look ${index + 1}:`)
    }
  })
})
