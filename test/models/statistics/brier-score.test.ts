import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { brierDecomposition, brierScore, logLoss } from '#models/statistics/brier-score.ts'
import { reliabilityBins } from '#models/statistics/reliability-bins.ts'
import { expectClose } from './closeness.ts'
import { binning, judgedAnswers, sampleAnswers, sampleMetric } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const two = [
  { confidence: 0.9, isCorrect: true },
  { confidence: 0.6, isCorrect: false, weight: 3 },
]

describe('brierScore, logLoss and brierDecomposition', () => {
  it('of 0.9 right once and 0.6 wrong three times', () => {
    expectClose(brierScore(two), (0.01 + 3 * 0.36) / 4, 1e-12)
    expectClose(logLoss(two), -(Math.log(0.9) + 3 * Math.log(0.4)) / 4, 1e-12)
  })

  it('bear certainty that was wrong, and have no value without answers', () => {
    expect(brierScore([{ confidence: 1, isCorrect: false }])).toBe(1)
    expect(Number.isFinite(logLoss([{ confidence: 1, isCorrect: false }]))).toBe(true)
    expect([brierScore([]), logLoss([]), brierDecomposition([])]).toEqual([null, null, null])
    expect(() => brierScore([{ confidence: 1.1, isCorrect: true }])).toThrow(OversightError)
  })

  it('add up: reliability - resolution + uncertainty is the score where confidences within a bin agree', () => {
    fc.assert(
      fc.property(judgedAnswers, (answers) => {
        // Bins of 0.02 hold one of the confidences each.
        const parts = brierDecomposition(reliabilityBins(answers, 'equal_width', 50))
        const separate = answers.filter(({ confidence }) => confidence > 0)
        fc.pre(parts !== null && separate.length === answers.length)
        expectClose(
          (parts?.reliability ?? 0) - (parts?.resolution ?? 0) + (parts?.uncertainty ?? 0),
          brierScore(answers) ?? -1,
          1e-9,
        )
      }),
    )
  })
})

describeOracle('ece.csv and calibration_metrics.csv', () => {
  it.each(oracleRows('ece'))('$weighting, $bins', (row) => {
    const { scheme, binCount } = binning(row.bins ?? '')
    const answers = sampleAnswers(row.weighting === 'unweighted' ? 'unweighted' : 'design_weighted')
    const parts = brierDecomposition(reliabilityBins(answers, scheme, binCount))
    expectClose(brierScore(answers), num(row, 'brier'), CLOSED_FORM)
    expectClose(parts?.reliability, num(row, 'reliability_binned'), CLOSED_FORM)
    expectClose(parts?.resolution, num(row, 'resolution_binned'), CLOSED_FORM)
    expectClose(parts?.uncertainty, num(row, 'uncertainty'), CLOSED_FORM)
  })

  it('log loss', () => {
    expectClose(logLoss(sampleAnswers()), sampleMetric('log_loss'), CLOSED_FORM)
  })
})
