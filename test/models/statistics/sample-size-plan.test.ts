import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { binomialAtMost } from '#models/statistics/binomial-tail.ts'
import { inconclusiveBand } from '#models/statistics/inconclusive-band.ts'
import { sampleSizePlan } from '#models/statistics/sample-size-plan.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const power = (n: number, limit: number, share: number) => {
  const { passAtMost } = inconclusiveBand(n, limit, 0.05, 0.05)
  return passAtMost < 0 ? 0 : binomialAtMost(passAtMost, n, share)
}

describe('sampleSizePlan', () => {
  it('is 234 at first and 286 for sure, to show 5 % where 2 % is true', () => {
    const plan = sampleSizePlan({ limit: 0.05, assumedShare: 0.02 })
    expect(plan.first.n).toBe(234)
    expect(plan.safe).toMatchObject({ n: 286, passAtMost: 8 })
  })

  it('has the power from the safe number on, not just before it, and never before the first', () => {
    const plan = sampleSizePlan({ limit: 0.1, assumedShare: 0.03 })
    for (let n = 1; n < plan.first.n; n += 1) expect(power(n, 0.1, 0.03)).toBeLessThan(0.8)
    if (plan.safe.n > plan.first.n) expect(power(plan.safe.n - 1, 0.1, 0.03)).toBeLessThan(0.8)
    for (let n = plan.safe.n; n < 5 * plan.safe.n; n += 1) expect(power(n, 0.1, 0.03)).toBeGreaterThanOrEqual(0.8)
  })

  it('cannot show a limit that is not kept', () => {
    expect(() => sampleSizePlan({ limit: 0.05, assumedShare: 0.05 })).toThrow(OversightError)
  })
})

describeOracle('sample_size_plan.csv', () => {
  it.each(oracleRows('sample_size_plan'))('limit $limit, truth $assumed_true_rate, power $power_target', (row) => {
    const plan = sampleSizePlan({
      limit: num(row, 'limit'),
      assumedShare: num(row, 'assumed_true_rate'),
      alpha: num(row, 'alpha'),
      power: num(row, 'power_target'),
    })
    expect(plan.normalApproximation).toBe(num(row, 'n_normal_approx'))
    expect([plan.first.n, plan.first.passAtMost]).toEqual([num(row, 'n_exact_first'), num(row, 'c_at_first')])
    expect([plan.safe.n, plan.safe.passAtMost]).toEqual([num(row, 'n_exact_safe'), num(row, 'c_at_safe')])
    expectClose(plan.first.power, num(row, 'power_at_first'), CLOSED_FORM)
    expectClose(plan.safe.power, num(row, 'power_at_safe'), CLOSED_FORM)
  })
})
