import { describe, expect, it } from 'vitest'
import { guaranteedThreshold } from '#models/statistics/guaranteed-threshold.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import { thresholdCurve } from '#models/statistics/threshold-curve.ts'
import { zeroDefectMinimumReviews } from '#models/statistics/zero-defects.ts'
import { expectClose } from './closeness.ts'
import { sampleAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { THRESHOLDS } from './thresholds.ts'

const rule = { limit: 0.05, delta: 0.05 }
const flawless = (count: number, confidence: number) =>
  Array.from({ length: count }, () => ({ confidence, isCorrect: true }))

describe('guaranteedThreshold', () => {
  it('accepts 59 flawless answers at 5 % and not 58', () => {
    expect(guaranteedThreshold(flawless(59, 0.97), THRESHOLDS, rule)).toMatchObject({ threshold: 0.5, answers: 59 })
    expect(guaranteedThreshold(flawless(58, 0.97), THRESHOLDS, rule)).toBeNull()
    expect(guaranteedThreshold([], THRESHOLDS, rule)).toBeNull()
  })

  it('stops at the first threshold that fails, however good lower ones look', () => {
    const bad = Array.from({ length: 20 }, () => ({ confidence: 0.8, isCorrect: false }))
    const answers = [...flawless(100, 0.95), ...bad, ...flawless(5000, 0.6)]
    const found = guaranteedThreshold(answers, THRESHOLDS, rule)
    expect(found).toMatchObject({ threshold: 0.81, answers: 100 })
    expectClose(found?.pValue, 0.95 ** 100, 1e-12)
  })

  it('can start further down, where the plan has power', () => {
    // Of the 60 surest three are wrong: the default start fails there and gives up.
    const top = Array.from({ length: 60 }, (_, index) => ({ confidence: 0.95, isCorrect: index > 2 }))
    const answers = [...top, ...flawless(400, 0.85)]
    expect(guaranteedThreshold(answers, THRESHOLDS, rule)).toBeNull()
    expect(guaranteedThreshold(answers, THRESHOLDS, { ...rule, minimumAnswers: 234 })?.answers).toBe(460)
  })

  it('exceeds the limit in at most delta of samples, where the observed risk alone does so in half of them', () => {
    // Risk falls with confidence: P(wrong) = 0.4 (1 - c)^0.9; above threshold t it is the mean over (t, 1).
    const wrong = (confidence: number) => 0.4 * (1 - confidence) ** 0.9
    const trueRisk = (threshold: number) => (0.4 * (1 - threshold) ** 0.9) / 1.9
    const random = seededRandom(5)
    const samples = 400
    let exceeded = 0
    let naiveExceeded = 0
    for (let sample = 0; sample < samples; sample += 1) {
      const answers = Array.from({ length: 400 }, () => {
        const confidence = 0.3 + 0.7 * random()
        return { confidence, isCorrect: random() >= wrong(confidence) }
      })
      const found = guaranteedThreshold(answers, THRESHOLDS, rule)
      if (found !== null && trueRisk(found.threshold) > rule.limit) exceeded += 1
      const naive = thresholdCurve(answers, THRESHOLDS).find(({ risk }) => risk !== null && risk <= rule.limit)
      if (naive !== undefined && trueRisk(naive.threshold) > rule.limit) naiveExceeded += 1
    }
    // Delta plus two standard errors of 400 samples.
    expect(exceeded / samples).toBeLessThanOrEqual(0.072)
    expect(naiveExceeded / samples).toBeGreaterThan(0.3)
  })

  it('weighs answers that were reviewed at different rates, and is the plain test where the rates are alike', () => {
    const ofTen = (count: number, wrong: number, weight: number) =>
      Array.from({ length: count }, (_, index) => ({ confidence: 0.95, isCorrect: index >= wrong, weight }))
    // 3 of 340 in the sample, but 60 of 1100 in the traffic.
    const uneven = [...ofTen(300, 0, 1), ...ofTen(40, 3, 20)]
    expect(guaranteedThreshold(uneven, THRESHOLDS, rule)).toBeNull()
    const plain = uneven.map(({ confidence, isCorrect }) => ({ confidence, isCorrect }))
    const unweighted = guaranteedThreshold(plain, THRESHOLDS, rule)
    expect(unweighted?.threshold).toBe(0.5)
    const alike = plain.map((answer, index) => ({ ...answer, weight: index % 2 === 0 ? 7 : 8 }))
    expect(guaranteedThreshold(alike, THRESHOLDS, rule)?.pValue).toBe(unweighted?.pValue)
  })

  it('exceeds the limit in at most delta of samples where reviews are drawn by confidence', () => {
    // The unsure half errs often and is reviewed rarely; the threshold bounds what goes out, not what was looked at.
    const random = seededRandom(9)
    const samples = 150
    let [exceeded, plainExceeded] = [0, 0]
    for (let sample = 0; sample < samples; sample += 1) {
      const answers = Array.from({ length: 400 }, (_, index) => {
        const isSure = index % 8 !== 0
        const confidence = isSure ? 0.9 : 0.6
        return { confidence, isCorrect: random() >= (isSure ? 0.01 : 0.1), weight: isSure ? 1 : 7 }
      })
      // Half of the traffic is unsure, so that below 0.6 the risk is 5.5 %.
      if (guaranteedThreshold(answers, THRESHOLDS, rule)?.threshold === 0.5) exceeded += 1
      const plain = answers.map(({ confidence, isCorrect }) => ({ confidence, isCorrect }))
      if (guaranteedThreshold(plain, THRESHOLDS, rule)?.threshold === 0.5) plainExceeded += 1
    }
    expect(exceeded / samples).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / samples))
    expect(plainExceeded / samples).toBeGreaterThan(0.5)
  })
})

describeOracle('sgr_threshold.csv, learn then test', () => {
  it.each(oracleRows('sgr_threshold'))('limit $limit, delta $delta', (row) => {
    const [limit, delta] = [num(row, 'limit'), num(row, 'delta')]
    const found = guaranteedThreshold(sampleAnswers(), THRESHOLDS, { limit, delta })
    expect(zeroDefectMinimumReviews(limit, delta)).toBe(num(row, 'ltt_n_min'))
    if (row.ltt_threshold === '') {
      expect(found).toBeNull()
      return
    }
    expect(found?.threshold).toBe(num(row, 'ltt_threshold'))
    expect([found?.answers, found?.errors]).toEqual([num(row, 'ltt_m'), num(row, 'ltt_errors')])
    expectClose(found?.pValue, num(row, 'ltt_p_value'), CLOSED_FORM)
    expectClose(found?.coverage, num(row, 'ltt_coverage'), CLOSED_FORM)
  })
})
