import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { binomialAtMost } from '#models/statistics/binomial-tail.ts'
import { clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { thresholdCurve } from '#models/statistics/threshold-curve.ts'
import { expectClose } from './closeness.ts'
import { judgedAnswers, sampleAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { THRESHOLDS } from './thresholds.ts'

describe('thresholdCurve', () => {
  it('lets through what is at least as sure as the threshold', () => {
    const answers = [
      { confidence: 0.7, isCorrect: false },
      { confidence: 0.8, isCorrect: true },
      { confidence: 0.9, isCorrect: false },
      { confidence: 0.95, isCorrect: true },
    ]
    expect(thresholdCurve(answers, [0.8, 0.96])).toEqual([
      { threshold: 0.8, answers: 3, errors: 1, risk: 1 / 3, coverage: 0.75, errorsReaching: 0.25 },
      { threshold: 0.96, answers: 0, errors: 0, risk: null, coverage: 0, errorsReaching: 0 },
    ])
    expect(thresholdCurve([], [0.5])[0]).toMatchObject({ risk: null, coverage: null, errorsReaching: null })
    expect(() => thresholdCurve(answers, [80])).toThrow(OversightError)
  })

  it('counts as a plain loop does', () => {
    fc.assert(
      fc.property(judgedAnswers, (answers) => {
        for (const { threshold, answers: count, errors } of thresholdCurve(answers, THRESHOLDS)) {
          const through = answers.filter(({ confidence }) => confidence >= threshold)
          expect([count, errors]).toEqual([through.length, through.filter(({ isCorrect }) => !isCorrect).length])
        }
      }),
    )
  })
})

describeOracle('threshold_curve.csv', () => {
  it('every threshold', () => {
    const points = thresholdCurve(sampleAnswers(), THRESHOLDS)
    for (const [index, row] of oracleRows('threshold_curve').entries()) {
      const point = points[index]
      expectClose(point?.threshold, num(row, 'threshold'), CLOSED_FORM)
      expect([point?.answers, point?.errors]).toEqual([num(row, 'm'), num(row, 'errors')])
      expectClose(point?.risk, num(row, 'selective_risk'), CLOSED_FORM)
      expectClose(point?.coverage, num(row, 'coverage'), CLOSED_FORM)
      const [errors, count] = [point?.errors ?? 0, point?.answers ?? 0]
      expectClose(clopperPearsonUpper(errors, count, 0.05), num(row, 'cp_upper_delta_05'), CLOSED_FORM)
      expectClose(binomialAtMost(errors, count, 0.05), num(row, 'p_value_vs_limit_05'), CLOSED_FORM)
      expectClose(binomialAtMost(errors, count, 0.03), num(row, 'p_value_vs_limit_03'), CLOSED_FORM)
    }
  })
})
