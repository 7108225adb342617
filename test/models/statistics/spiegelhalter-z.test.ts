import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { spiegelhalterZ } from '#models/statistics/spiegelhalter-z.ts'
import { expectClose } from './closeness.ts'
import { sampleAnswers, sampleMetric } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle } from './oracle.ts'

describe('spiegelhalterZ', () => {
  it('of one answer at 0.9 that was right is -1/3', () => {
    // (1 - 0.9)(1 - 1.8) / sqrt(0.64 x 0.09)
    const found = spiegelhalterZ([{ confidence: 0.9, isCorrect: true }])
    expectClose(found?.z, -1 / 3, 1e-12)
    expectClose(found?.pTwoSided, 0.73888268, 1e-7)
  })

  it('is above 0 for an AI that is surer than it is right', () => {
    expect(spiegelhalterZ([{ confidence: 0.9, isCorrect: false }])?.z).toBeGreaterThan(0)
  })

  it('cannot test confidences of 0, one half and 1', () => {
    expect(spiegelhalterZ([0, 0.5, 1].map((confidence) => ({ confidence, isCorrect: true })))).toBeNull()
    expect(spiegelhalterZ([])).toBeNull()
    expect(() => spiegelhalterZ([{ confidence: -0.1, isCorrect: true }])).toThrow(OversightError)
  })
})

describeOracle('calibration_metrics.csv', () => {
  it('Z and its p', () => {
    const found = spiegelhalterZ(sampleAnswers())
    expectClose(found?.z, sampleMetric('spiegelhalter_z'), CLOSED_FORM)
    expectClose(found?.pTwoSided, sampleMetric('spiegelhalter_p_two_sided'), CLOSED_FORM)
  })
})
