import { describe, expect, it } from 'vitest'
import { calibrationNull } from '#models/statistics/calibration-null.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import { expectClose } from './closeness.ts'
import { sampleAnswers, sampleMetric } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle } from './oracle.ts'

/** Answers of an AI that is right as often as it says, or less often by `excess`. */
function answersOf(count: number, excess: number, seed: number) {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const confidence = 0.5 + 0.5 * random()
    return { confidence, isCorrect: random() < confidence - excess }
  })
}

describe('calibrationNull', () => {
  it('tells an overconfident AI from a calibrated one', () => {
    const options = { scheme: 'equal_width' as const, repetitions: 400 }
    expect(calibrationNull(answersOf(500, 0.15, 2), options)?.pValue).toBeLessThan(0.01)
    expect(calibrationNull(answersOf(500, 0, 2), options)?.pValue).toBeGreaterThan(0.05)
  })

  it('rejects a calibrated AI about as often as alpha says', () => {
    let rejected = 0
    for (let seed = 1; seed <= 150; seed += 1) {
      const found = calibrationNull(answersOf(200, 0, 1000 + seed), { scheme: 'equal_mass', repetitions: 99, seed })
      if ((found?.pValue ?? 1) <= 0.1) rejected += 1
    }
    // 15 expected, standard deviation 3.7.
    expect(rejected).toBeGreaterThan(4)
    expect(rejected).toBeLessThan(27)
  })

  it('expects a known error of one answer: |y - c| is 2 c (1 - c) on average', () => {
    const found = calibrationNull([{ confidence: 0.9, isCorrect: true }], {
      scheme: 'equal_width',
      repetitions: 20_000,
    })
    expectClose(found?.observed, 0.1, 1e-12)
    expectClose(found?.expectedIfPerfect, 0.18, 0.01)
    expect(found?.pValue).toBe(1)
  })

  it('is the same each time for a seed, and nothing without answers', () => {
    const answers = answersOf(60, 0, 9)
    const options = { scheme: 'equal_width' as const, repetitions: 50, seed: 4 }
    expect(calibrationNull(answers, options)).toEqual(calibrationNull(answers, options))
    expect(calibrationNull(answers, { ...options, seed: 5 })).not.toEqual(calibrationNull(answers, options))
    expect(calibrationNull([], options)).toBeNull()
  })
})

describeOracle('calibration_metrics.csv', () => {
  it('ECE under perfect calibration and its p, to within the chance of both simulations', () => {
    const found = calibrationNull(sampleAnswers(), { scheme: 'equal_width', repetitions: 4000 })
    expectClose(found?.observed, sampleMetric('ece_equal_width_10'), CLOSED_FORM)
    // Standard errors of 4000 draws: 0.00012 and 0.0034, for each of the two simulations.
    expectClose(found?.expectedIfPerfect, sampleMetric('ece_expected_if_perfectly_calibrated_mc4000_seed1'), 0.0006)
    expectClose(found?.pValue, sampleMetric('ece_consistency_p_value_mc4000_seed1'), 0.018)
  })
})
