import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { welchNoninferiority } from '#models/statistics/welch-noninferiority.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const VERDICTS: Record<string, string> = { not_worse: 'pass', worse: 'fail', inconclusive: 'inconclusive' }

describe('welchNoninferiority', () => {
  it('passes a mean that held, with 4.45 against 4.30 of 300 answers each', () => {
    const found = welchNoninferiority(
      { mean: 4.45, standardDeviation: 0.8, n: 300 },
      { mean: 4.3, standardDeviation: 0.9, n: 300 },
      0.1,
    )
    expect(found?.verdict).toBe('pass')
    expectClose(found?.lower, 0.035466322998, 1e-9)
  })

  it('has no answer without spread or with a single score', () => {
    const flat = { mean: 5, standardDeviation: 0, n: 12 }
    expect(welchNoninferiority(flat, flat, 0.1)).toBeNull()
    expect(welchNoninferiority({ ...flat, n: 1 }, flat, 0.1)).toBeNull()
    expect(() => welchNoninferiority(flat, flat, 0)).toThrow(OversightError)
  })
})

describeOracle('csat_mean_noninferiority.csv', () => {
  it.each(oracleRows('csat_mean_noninferiority'))('$case', (row) => {
    const sample = (side: string) => ({
      mean: num(row, `mean_${side}`),
      standardDeviation: num(row, `sd_${side}`),
      n: num(row, `n_${side}`),
    })
    const found = welchNoninferiority(sample('current'), sample('reference'), num(row, 'margin'))
    expectClose(found?.degreesOfFreedom, num(row, 'welch_df'), CLOSED_FORM)
    expectClose(found?.pValue, num(row, 'p_noninferiority'), CLOSED_FORM)
    expectClose(found?.lower, num(row, 'lower_one_sided'), CLOSED_FORM)
    expectClose(found?.upper, num(row, 'upper_one_sided'), CLOSED_FORM)
    expect(found?.verdict).toBe(VERDICTS[row.verdict ?? ''])
  })
})
