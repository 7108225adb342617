import { expect, it } from 'vitest'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import { describeOracle, num, type OracleRow, oracleRows } from './oracle.ts'

const years = 2000
const monthsOfYear = 12
/** Of either simulation: theirs has 40 000 years. */
const standardError = (share: number) => Math.sqrt(Math.max(share * (1 - share), 1 / years) / years)

/** Errors found in n reviews of every month of many years at the true rate. */
function simulate(row: OracleRow, rate: number): number[][] {
  const random = seededRandom(20261128)
  const reviews = num(row, 'n_per_month')
  const month = () => Array.from({ length: reviews }, random).filter((drawn) => drawn < rate).length
  return Array.from({ length: years }, () => Array.from({ length: monthsOfYear }, month))
}

/** The share of years in which a window of so many months passes at least once. */
function everPasses(all: readonly number[][], size: number, passes: (window: readonly number[]) => boolean): number {
  const hit = all.filter((year) =>
    year.some((_, index) => index + 1 >= size && passes(year.slice(index + 1 - size, index + 1))),
  )
  return hit.length / all.length
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

/** Largest count whose upper bound lies within the limit, smallest whose lower bound lies over it. */
function edges(reviews: number, limit: number, alpha: number) {
  let pass = -1
  while (clopperPearsonUpper(pass + 1, reviews, alpha) <= limit) pass += 1
  let fail = 0
  while (fail <= reviews && clopperPearsonLower(fail, reviews, 0.05) <= limit) fail += 1
  return { pass, fail }
}

describeOracle('twelve looks a year let through as often as the reference found', () => {
  const sample = (rows: OracleRow[]) =>
    rows.filter((row) => num(row, 'limit') === 0.05 && num(row, 'n_per_month') <= 200)

  it('by single months and by three pooled ones (repeated_looks_mc)', () => {
    const rows = sample(oracleRows('repeated_looks_mc'))
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) {
      const [limit, reviews] = [num(row, 'limit'), num(row, 'n_per_month')]
      const all = simulate(row, num(row, 'true_rate'))
      const one = edges(reviews, limit, 0.05)
      const three = edges(3 * reviews, limit, 0.05)
      const found = {
        naive_point_1m: everPasses(all, 1, (window) => total(window) <= limit * reviews),
        pass_1m: everPasses(all, 1, (window) => total(window) <= one.pass),
        pass_2_consecutive: everPasses(all, 2, (window) => window.every((errors) => errors <= one.pass)),
        pooled3_no_fail: everPasses(
          all,
          3,
          (window) => total(window) <= three.pass && window.every((errors) => errors < one.fail),
        ),
      }
      for (const [rule, share] of Object.entries(found)) {
        const expected = num(row, `${rule}_ever_in_12`)
        const seen = `${rule} ${JSON.stringify(row)}`
        expect(Math.abs(share - expected), seen).toBeLessThanOrEqual(4 * standardError(expected))
      }
    }
  })

  it('by three pooled months at the level of the gate, none failing, all within the limit (pooled3_calibration_mc)', () => {
    const rows = sample(oracleRows('pooled3_calibration_mc')).filter((row) => num(row, 'ratio') >= 0.4)
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) {
      const [limit, reviews] = [num(row, 'limit'), num(row, 'n_per_month')]
      const all = simulate(row, limit * num(row, 'ratio'))
      const { fail } = edges(reviews, limit, 0.05)
      for (const alpha of [0.05, 0.01, 0.005]) {
        const { pass } = edges(3 * reviews, limit, alpha)
        const share = everPasses(
          all,
          3,
          (window) =>
            total(window) <= pass && window.every((errors) => errors < fail && errors <= limit * reviews + 1e-9),
        )
        const expected = num(row, `ever12_alpha_${alpha}`)
        const seen = `alpha ${alpha} ${JSON.stringify(row)}`
        expect(Math.abs(share - expected), seen).toBeLessThanOrEqual(4 * standardError(expected))
      }
    }
  })
})
