import { describe, expect, it } from 'vitest'
import { stratifiedRate } from '#models/statistics/stratified-rate.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('stratifiedRate', () => {
  it('never passes 1, though weights may add up to more by their last bit', () => {
    const all = [6, 23, 1].map((population) => ({ population, sampled: 1, hits: 1 }))
    expect(stratifiedRate(all)?.rate).toBe(1)
  })

  it('is the Wilson interval when there is one stratum', () => {
    const { lower, upper } = wilsonInterval(7, 412)
    expect(stratifiedRate([{ population: 9000, sampled: 412, hits: 7 }])).toEqual({
      rate: 7 / 412,
      lower: expect.closeTo(lower, 12),
      upper: expect.closeTo(upper, 12),
      coverage: 1,
    })
  })

  it('leaves out what was not looked at, and says for how much it speaks', () => {
    const result = stratifiedRate([
      { population: 300, sampled: 50, hits: 5 },
      { population: 100, sampled: 0, hits: 0 },
    ])
    expect(result?.rate).toBeCloseTo(0.1, 12)
    expect(result?.coverage).toBeCloseTo(0.75, 12)
  })

  it('has no rate when nothing was looked at', () => {
    expect(stratifiedRate([{ population: 300, sampled: 0, hits: 0 }])).toBeUndefined()
    expect(stratifiedRate([])).toBeUndefined()
  })
})

describeOracle('stratified.csv', () => {
  it('gives every weighted rate and its two-sided MOVER-Wilson interval', () => {
    const strata = oracleRows('stratified_input')
    for (const row of oracleRows('stratified')) {
      const result = stratifiedRate(
        strata
          .filter((stratum) => stratum.scenario === row.scenario)
          .map((stratum) => ({
            population: num(stratum, 'N_h'),
            sampled: num(stratum, 'n_h'),
            hits: num(stratum, 'k_h'),
          })),
      )
      expect(result).toBeDefined()
      expectClose(result?.rate ?? Number.NaN, num(row, 'p_stratified'), CLOSED_FORM, JSON.stringify(row))
      expectClose(
        result?.lower ?? Number.NaN,
        num(row, 'mover_wilson_lower_95_two_sided'),
        CLOSED_FORM,
        JSON.stringify(row),
      )
      expectClose(
        result?.upper ?? Number.NaN,
        num(row, 'mover_wilson_upper_95_two_sided'),
        CLOSED_FORM,
        JSON.stringify(row),
      )
    }
  })
})
