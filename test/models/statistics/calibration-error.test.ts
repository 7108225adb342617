import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationError } from '#models/statistics/calibration-error.ts'
import { reliabilityBins } from '#models/statistics/reliability-bins.ts'
import { expectClose } from './closeness.ts'
import { binning, judgedAnswers, sampleAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('calibrationError', () => {
  it('of two bins that are 0.1 and 0.3 off, with 3 and 1 answers, is 0.15, at most 0.3', () => {
    const empty = { from: 0, to: 1, n: 0, effectiveSize: 0, meanConfidence: null, accuracy: null }
    const found = calibrationError([
      { ...empty, weight: 3, gap: -0.1 },
      { ...empty, weight: 1, gap: 0.3 },
      { ...empty, weight: 0, gap: null },
    ])
    expectClose(found?.expected, 0.15, 1e-12)
    expect(found?.largest).toBe(0.3)
  })

  it('has no value without an answer', () => {
    expect(calibrationError(reliabilityBins([], 'equal_width'))).toBeNull()
  })

  it('lies between the overall gap and the largest one', () => {
    fc.assert(
      fc.property(judgedAnswers, (answers) => {
        const found = calibrationError(reliabilityBins(answers, 'equal_width'))
        const overall = calibrationError(reliabilityBins(answers, 'equal_width', 1))
        expect(found?.expected).toBeGreaterThanOrEqual((overall?.expected ?? 1) - 1e-12)
        expect(found?.expected).toBeLessThanOrEqual((found?.largest ?? 0) + 1e-12)
      }),
    )
  })
})

describeOracle('ece.csv', () => {
  it.each(oracleRows('ece'))('$weighting, $bins', (row) => {
    const { scheme, binCount } = binning(row.bins ?? '')
    const answers = sampleAnswers(row.weighting === 'unweighted' ? 'unweighted' : 'design_weighted')
    const found = calibrationError(reliabilityBins(answers, scheme, binCount))
    expectClose(found?.expected, num(row, 'ece'), CLOSED_FORM)
    expectClose(found?.largest, num(row, 'mce'), CLOSED_FORM)
  })
})
