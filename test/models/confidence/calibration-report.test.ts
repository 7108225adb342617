import { describe, expect, it } from 'vitest'
import { autonomyThreshold, thresholdGrid } from '#models/confidence/autonomy-threshold.ts'
import { calibrationReport } from '#models/confidence/calibration-report.ts'
import type { JudgedAnswer } from '#models/statistics/reliability-bins.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'

/** Answers with confidences from 0.5 to 1 that are right with a chance made of their confidence. */
function answersOf(count: number, seed: number, chance: (confidence: number) => number): JudgedAnswer[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const confidence = 0.5 + 0.5 * random()
    return { confidence, isCorrect: random() < chance(confidence) }
  })
}

describe('calibrationReport', () => {
  it.each([
    ['calibrated', (confidence: number) => confidence],
    ['over_confident', (confidence: number) => confidence - 0.2],
    ['under_confident', (confidence: number) => 0.9 + 0.1 * confidence],
  ] as const)('tells an AI that is %s (seed 3, 800 answers)', (verdict, chance) => {
    const report = calibrationReport(answersOf(800, 3, chance))
    expect(report?.verdict).toBe(verdict)
    if (verdict !== 'calibrated')
      expect(report?.equalMass.observed).toBeGreaterThan(report?.equalMass.expectedIfPerfect ?? 1)
  })

  it('speaks of the traffic, not of the sample: an answer of weight 3 counts as three, with less certainty', () => {
    const once = answersOf(300, 6, (confidence) => confidence)
    const [light, heavy] = [once.slice(0, 200), once.slice(200)]
    const weighted = calibrationReport([...light, ...heavy.map((answer) => ({ ...answer, weight: 3 }))])
    const repeated = calibrationReport([...light, ...heavy, ...heavy, ...heavy])
    expect(weighted?.accuracy).toBeCloseTo(repeated?.accuracy ?? 2, 12)
    expect(weighted?.gap).toBeCloseTo(repeated?.gap ?? 2, 12)
    expect(weighted?.brier).toBeCloseTo(repeated?.brier ?? 2, 12)
    const breadth = (report: typeof weighted) =>
      (report?.equalWidth.bins ?? []).reduce((sum, bin) => sum + (bin.accuracyUpper ?? 0) - (bin.accuracyLower ?? 0), 0)
    expect(breadth(weighted)).toBeGreaterThan(breadth(repeated))
  })

  it('adds up to what a plain sum says', () => {
    const answers = answersOf(500, 4, (confidence) => confidence)
    const report = calibrationReport(answers)
    const mean = (of: (answer: JudgedAnswer) => number) =>
      answers.reduce((sum, one) => sum + of(one), 0) / answers.length
    const right = ({ isCorrect }: JudgedAnswer) => (isCorrect ? 1 : 0)
    expect(report?.accuracy).toBeCloseTo(mean(right), 12)
    expect(report?.gap).toBeCloseTo(
      mean((one) => right(one) - one.confidence),
      12,
    )
    expect(report?.brier).toBeCloseTo(
      mean((one) => (right(one) - one.confidence) ** 2),
      12,
    )
    const widths = Array.from({ length: 10 }, (_, bin) =>
      answers.filter(({ confidence }) => confidence > bin / 10 && confidence <= (bin + 1) / 10),
    )
    const ece = widths.reduce(
      (sum, bin) => sum + Math.abs(bin.reduce((gap, one) => gap + right(one) - one.confidence, 0)) / answers.length,
      0,
    )
    expect(report?.equalWidth.observed).toBeCloseTo(ece, 12)
    expect(report?.equalMass.bins.every(({ n }) => n >= 30)).toBe(true)
    for (const bin of report?.equalMass.bins ?? []) {
      expect(bin.accuracyLower).toBeLessThanOrEqual(bin.accuracy ?? 0)
      expect(bin.accuracyUpper).toBeGreaterThanOrEqual(bin.accuracy ?? 1)
    }
    const { reliability = 0, resolution = 0, uncertainty = 0 } = report?.decomposition ?? {}
    expect(reliability - resolution + uncertainty).toBeCloseTo(report?.brier ?? 1, 1)
  })

  it('is the same each time, and says nothing of fewer than 30 answers', () => {
    const answers = answersOf(200, 5, (confidence) => confidence)
    expect(calibrationReport(answers)).toEqual(calibrationReport(answers))
    expect(calibrationReport(answers.slice(0, 29))).toBeNull()
    expect(calibrationReport([])).toBeNull()
  })
})

describe('autonomyThreshold', () => {
  it('marks the guaranteed point on the curve, beside the ends of the bands', () => {
    const answers = answersOf(2000, 6, (confidence) => (confidence >= 0.8 ? 0.995 : 0.7))
    const found = autonomyThreshold(answers, { limit: 0.05 })
    expect(found?.guaranteed?.threshold).toBeGreaterThan(0.6)
    expect(found?.guaranteed?.threshold).toBeLessThanOrEqual(0.81)
    expect(found?.curve.map(({ threshold }) => threshold)).toEqual(thresholdGrid)
    expect(found?.curve).toContainEqual(
      expect.objectContaining({ threshold: found?.guaranteed?.threshold, errors: found?.guaranteed?.errors }),
    )
    expect(found?.atBandThrough.answers).toBe(answers.filter(({ confidence }) => confidence >= 0.9).length)
    expect(found?.atBandFrom.errorsReaching).toBeGreaterThan(found?.guaranteed?.errorsReaching ?? 1)
    const shares = found?.curve.map(({ coverage }) => coverage ?? 0) ?? []
    expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  })

  it('finds no autonomous band where errors are many or answers few', () => {
    expect(
      autonomyThreshold(
        answersOf(2000, 7, () => 0.8),
        { limit: 0.05 },
      )?.guaranteed,
    ).toBeNull()
    const few = autonomyThreshold(
      answersOf(40, 8, () => 1),
      { limit: 0.05 },
    )
    expect(few).toMatchObject({ guaranteed: null, minimumAnswers: 59 })
    expect(autonomyThreshold([], { limit: 0.05 })).toBeNull()
  })

  it('exceeds the limit no more often than delta, where the smallest threshold that looks good does in every second case', () => {
    // True risk at a threshold t, confidences uniform on 0.5..1 and right with that chance: (1 - t) / 2.
    const limit = 0.08
    const trials = 200
    let guaranteedWrong = 0
    let naiveWrong = 0
    for (let seed = 1; seed <= trials; seed += 1) {
      const found = autonomyThreshold(
        answersOf(400, seed, (confidence) => confidence),
        { limit },
      )
      const risk = (threshold: number) => (1 - threshold) / 2
      if (found?.guaranteed && risk(found.guaranteed.threshold) > limit) guaranteedWrong += 1
      const naive = found?.curve.find(({ risk: observed }) => observed !== null && observed <= limit)
      if (naive && risk(naive.threshold) > limit) naiveWrong += 1
    }
    expect(guaranteedWrong / trials).toBeLessThanOrEqual(0.08)
    expect(naiveWrong / trials).toBeGreaterThan(0.3)
  })
})
