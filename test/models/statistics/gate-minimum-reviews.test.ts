import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { binomialAtMost } from '#models/statistics/binomial-tail.ts'
import { clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { gateMinimumReviews } from '#models/statistics/gate-minimum-reviews.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('gateMinimumReviews', () => {
  it('is 90, 130, 165, 198 at 5 % for no, one, two, three defects', () => {
    expect([0, 1, 2, 3].map((defects) => gateMinimumReviews(0.05, 0.01, defects).total)).toEqual([90, 130, 165, 198])
    expect(gateMinimumReviews(0.05, 0.01, 1).perMonth).toBe(44)
  })

  it('is the first number that passes', () => {
    for (const defects of [0, 2, 7]) {
      const { total } = gateMinimumReviews(0.02, 0.01, defects)
      expect(clopperPearsonUpper(defects, total, 0.01)).toBeLessThanOrEqual(0.02)
      expect(clopperPearsonUpper(defects, total - 1, 0.01)).toBeGreaterThan(0.02)
    }
    expect(() => gateMinimumReviews(0.02, 0.01, -1)).toThrow(OversightError)
  })
})

describeOracle('gate_min_reviews.csv', () => {
  it.each(oracleRows('gate_min_reviews'))('limit $limit, alpha $alpha, $max_errors errors', (row) => {
    const [limit, alpha, defects] = [num(row, 'limit'), num(row, 'alpha'), num(row, 'max_errors')]
    const { total, perMonth } = gateMinimumReviews(limit, alpha, defects)
    expect(total).toBe(num(row, 'min_reviews_total'))
    expect(perMonth).toBe(num(row, 'per_month_over_3'))
    expectClose(clopperPearsonUpper(defects, total, alpha), num(row, 'upper_bound'), CLOSED_FORM)
    // The chances to pass have six digits in the file.
    const power = (multiple: number) => binomialAtMost(defects, total, multiple * limit)
    expectClose(power(0.2), num(row, 'power_if_true_rate_is_20pct_of_limit'), 6e-7)
    expectClose(power(0.4), num(row, 'power_if_40pct'), 6e-7)
  })
})
