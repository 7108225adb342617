import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { jeffreysUpper } from '#models/statistics/jeffreys.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { ruleOfThree, zeroDefectMinimumReviews, zeroDefectUpper } from '#models/statistics/zero-defects.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('no defect in n reviews', () => {
  it('leaves up to 4.87 % in 60, up to 25.9 % in 10, everything in none', () => {
    expectClose(zeroDefectUpper(60), 0.0487029, 5e-8)
    expectClose(zeroDefectUpper(10), 0.2588656, 5e-8)
    expect(zeroDefectUpper(0)).toBe(1)
  })

  it('is Clopper-Pearson at zero', () => {
    for (const n of [1, 7, 59, 1000]) expectClose(zeroDefectUpper(n, 0.01), clopperPearsonUpper(0, n, 0.01), 1e-12)
  })

  it('is 3/n by the rule of three', () => {
    expect(ruleOfThree(60)).toBe(0.05)
    expect(ruleOfThree(0)).toBeNull()
  })

  it('takes 59 reviews to show 5 %, and 58 do not', () => {
    expect(zeroDefectMinimumReviews(0.05)).toBe(59)
    expect(zeroDefectUpper(59)).toBeLessThanOrEqual(0.05)
    expect(zeroDefectUpper(58)).toBeGreaterThan(0.05)
    expect(() => zeroDefectMinimumReviews(0)).toThrow(OversightError)
    expect(() => zeroDefectUpper(-1)).toThrow(OversightError)
  })
})

describeOracle('zero_defect.csv', () => {
  it.each(oracleRows('zero_defect'))('n = $n at alpha $alpha', (row) => {
    const [n, alpha] = [num(row, 'n'), num(row, 'alpha')]
    expectClose(zeroDefectUpper(n, alpha), num(row, 'cp_upper'), CLOSED_FORM)
    if (row.rule_of_three !== '') expectClose(ruleOfThree(n), num(row, 'rule_of_three'), CLOSED_FORM)
    expectClose(jeffreysUpper(0, n, alpha), num(row, 'jeffreys_one_sided_upper'), CLOSED_FORM)
    expectClose(wilsonInterval(0, n, 1 - 2 * alpha).upper, num(row, 'wilson_one_sided_upper'), CLOSED_FORM)
  })
})

describeOracle('zero_defect_min_n.csv', () => {
  it.each(oracleRows('zero_defect_min_n'))('limit $limit at alpha $alpha', (row) => {
    const [limit, alpha] = [num(row, 'limit'), num(row, 'alpha')]
    const n = zeroDefectMinimumReviews(limit, alpha)
    expect(n).toBe(num(row, 'n_min_clopper_pearson'))
    expectClose((1 - limit) ** n, num(row, 'true_false_go_if_p_equals_limit_cp'), CLOSED_FORM)
    // Jeffreys would be content with fewer reviews, which is why it decides nothing.
    const fewer = num(row, 'n_min_jeffreys')
    expect(jeffreysUpper(0, fewer, alpha)).toBeLessThanOrEqual(limit)
    expect(jeffreysUpper(0, fewer - 1, alpha)).toBeGreaterThan(limit)
    expectClose((1 - limit) ** fewer, num(row, 'true_false_go_jeffreys'), CLOSED_FORM)
  })
})
