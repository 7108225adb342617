import { describe, expect, it } from 'vitest'
import { conformalRiskThreshold } from '#models/statistics/conformal-risk-threshold.ts'
import { expectClose } from './closeness.ts'
import { sampleAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { THRESHOLDS } from './thresholds.ts'

describe('conformalRiskThreshold', () => {
  it('counts one error more than was seen, among one contact more', () => {
    const answers = Array.from({ length: 99 }, (_, index) => ({ confidence: 0.6, isCorrect: index >= 4 }))
    expect(conformalRiskThreshold(answers, THRESHOLDS, 0.05)).toMatchObject({ threshold: 0.5, bound: 0.05 })
    expect(conformalRiskThreshold(answers, THRESHOLDS, 0.049)?.threshold).toBe(0.61)
  })

  it('finds nothing on too few contacts, or none', () => {
    expect(conformalRiskThreshold([{ confidence: 0.1, isCorrect: true }], THRESHOLDS, 0.05)).toBeNull()
    expect(conformalRiskThreshold([], THRESHOLDS, 0.05)).toBeNull()
  })
})

describeOracle('sgr_threshold.csv, conformal risk control', () => {
  it.each(oracleRows('sgr_threshold'))('limit $limit', (row) => {
    const found = conformalRiskThreshold(sampleAnswers(), THRESHOLDS, num(row, 'limit'))
    expect(found?.threshold).toBe(num(row, 'crc_threshold'))
    expectClose(found?.errorsReaching, num(row, 'crc_empirical_unreviewed_error'), CLOSED_FORM)
    expectClose(found?.bound, num(row, 'crc_bound'), CLOSED_FORM)
  })
})
