import { describe, expect, it } from 'vitest'
import { buildModels } from '#models/build-models.ts'
import { chartMetricPoints } from '#models/control-charts/list-control-charts.ts'
import type { MetricId } from '#models/metrics.ts'
import { listFilteredPoints } from '#models/monthly/list-filtered-points.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { stratifiedMean } from '#models/statistics/stratified-mean.ts'
import { stratifiedRate } from '#models/statistics/stratified-rate.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type Facts, insertFacts, warehouseOf } from '../warehouse-of.ts'

const september = parseMonth('2026-09')
const at = new Date('2026-09-10T10:00:00Z')
const later = new Date('2026-09-12T10:00:00Z')
const options = { reportingTimeZone: 'UTC', watermark: new Date('2026-10-20T00:00:00Z'), now: later }

interface Reviewed {
  stratum: string
  count: number
  errors: number
  handledBy?: 'ai' | 'ai_assisted'
  channel?: 'chat' | 'email'
  chance?: number
  /** Of every review of the group, one after the other, over and over. */
  scores?: readonly number[]
  toneDefects?: number
}

function reviewed(...groups: Reviewed[]): Facts {
  const rows = groups.flatMap(
    ({ stratum, count, errors, handledBy = 'ai', channel = 'chat', chance, scores = [], toneDefects = 0 }, group) =>
      Array.from({ length: count }, (_, index) => ({
        id: `${group}-${index}`,
        stratum,
        chance: chance ?? null,
        score: scores[index % scores.length] ?? null,
        defect: index < toneDefects ? ('tone_mismatch' as const) : null,
        handled_by: handledBy,
        channel,
        outcome: index < errors ? ('fail' as const) : ('pass' as const),
      })),
  )
  return {
    interactions: rows.map(({ id, handled_by, channel }) => ({
      interaction_id: id,
      started_at: at,
      handled_by,
      channel,
    })),
    qa_reviews: rows.map(({ id, stratum, chance, outcome, score, defect }) => ({
      score,
      defect,
      review_id: id,
      interaction_id: id,
      sampled_at: at,
      reviewed_at: later,
      outcome,
      stratum,
      inclusion_probability: chance,
    })),
  }
}

const frame = (stratum: string, population: number) => ({
  frame_id: `2026-09/t/${stratum}`,
  stratum,
  population,
  drawn: 40,
})
const frames = [frame('flagged', 1000), frame('unflagged', 9000)]
/** Flagged contacts are wrong far more often, and are reviewed far more often. */
const oversampled = [
  { stratum: 'flagged', count: 40, errors: 20 },
  { stratum: 'unflagged', count: 40, errors: 1 },
]

async function pointOf(warehouse: Warehouse, metric: MetricId = 'ai_error_rate', cohort = 'ai_participated') {
  const points = await listMetricPoints(warehouse.db, { from: september, through: september, metric })
  return points.find((point) => point.cohort === cohort)
}

describe('the monthly error rate of reviews drawn at different rates', () => {
  it('weighs strata by their population and keeps the counts as reviewed', async () => {
    const warehouse = await warehouseOf({ ...reviewed(...oversampled), sampling_frames: frames })
    const expected = stratifiedRate([
      { population: 1000, sampled: 40, hits: 20 },
      { population: 9000, sampled: 40, hits: 1 },
    ])
    expect(expected?.rate).toBeCloseTo(0.0725, 12)
    expect(await pointOf(warehouse)).toMatchObject({
      numerator: 21,
      denominator: 80,
      value: expected?.rate,
      lower: expected?.lower,
      upper: expected?.upper,
      effectiveSize: expect.closeTo(10_000 ** 2 / (1000 ** 2 / 40 + 9000 ** 2 / 40), 9),
    })
  })

  it('is the share of the reviews where these are one stratum', async () => {
    const alike = oversampled.map((group) => ({ ...group, chance: 0.1 }))
    const warehouse = await warehouseOf(reviewed(...alike))
    expect(await pointOf(warehouse)).toMatchObject({ value: 21 / 80, ...wilsonInterval(21, 80), effectiveSize: null })
  })

  it('takes the chances where no frame is given', async () => {
    const chances = [0.04, 40 / 9000]
    const warehouse = await warehouseOf(
      reviewed(...oversampled.map((group, index) => ({ ...group, chance: chances[index] ?? 1 }))),
    )
    expect((await pointOf(warehouse))?.value).toBeCloseTo(0.0725, 9)
  })

  it('gives each cohort the part of a stratum that its reviews show, and the errors of a day with it', async () => {
    const warehouse = await warehouseOf({
      ...reviewed(
        { stratum: 'flagged', count: 30, errors: 15 },
        { stratum: 'flagged', count: 10, errors: 0, handledBy: 'ai_assisted' },
        { stratum: 'unflagged', count: 20, errors: 2 },
        { stratum: 'unflagged', count: 20, errors: 0, handledBy: 'ai_assisted' },
      ),
      sampling_frames: frames,
    })
    const alone = (750 * 0.5 + 4500 * 0.1) / 5250
    expect((await pointOf(warehouse, 'ai_error_rate', 'ai'))?.value).toBeCloseTo(alone, 12)
    expect((await pointOf(warehouse, 'ai_error_rate', 'ai_assisted'))?.value).toBe(0)
    expect((await pointOf(warehouse, 'expected_errors_per_day', 'ai'))?.value).toBeCloseTo((alone * 50) / 30, 12)
  })

  it('gives a filtered channel the part of a stratum that its reviews show, and no filter all of it', async () => {
    const warehouse = await warehouseOf({
      ...reviewed(
        { stratum: 'flagged', count: 30, errors: 15 },
        { stratum: 'flagged', count: 10, errors: 0, channel: 'email' },
        { stratum: 'unflagged', count: 20, errors: 2 },
        { stratum: 'unflagged', count: 20, errors: 0, channel: 'email' },
      ),
      sampling_frames: frames,
    })
    const filtered = async (channel: string | null) => {
      const contacts = { channel, customerTier: null, aiVersion: null }
      const asked = { contacts, metrics: ['ai_error_rate'] as const, reportingTimeZone: 'UTC', loadedThrough: later }
      const points = await listFilteredPoints(warehouse, asked)
      return points.find(({ cohort }) => cohort === 'ai_participated')
    }
    expect(await filtered('chat')).toMatchObject({
      numerator: 17,
      denominator: 50,
      value: expect.closeTo((750 * 0.5 + 4500 * 0.1) / 5250, 12),
    })
    expect((await filtered('email'))?.value).toBe(0)
    const { value, lower, upper, effectiveSize } = (await pointOf(warehouse)) ?? {}
    expect(await filtered(null)).toMatchObject({ value, lower, upper, effectiveSize })
  })

  it('stays the share of the reviews, unweighted, where no frame knows any of their strata', async () => {
    const warehouse = await warehouseOf({ ...reviewed(...oversampled), sampling_frames: [frame('typo', 500)] })
    expect(await pointOf(warehouse)).toMatchObject({ value: 21 / 80, effectiveSize: null })
  })

  it('follows a frame that comes in a later load, as a full build would', async () => {
    const warehouse = await warehouseOf(reviewed(...oversampled), options)
    expect((await pointOf(warehouse))?.effectiveSize).toBe(null)
    await insertFacts(warehouse, { sampling_frames: frames.map((row) => ({ ...row, load_id: 'frames' })) })
    expect((await buildModels(warehouse, { ...options, changedBy: 'frames' })).fullBecause).toBe(null)
    const stepwise = await pointOf(warehouse)
    expect(stepwise?.value).toBeCloseTo(0.0725, 12)
    await buildModels(warehouse, options)
    expect(await pointOf(warehouse)).toEqual(stepwise)
  })

  it('is what the control chart plots, with the limits of so many reviews of equal weight', async () => {
    const warehouse = await warehouseOf({ ...reviewed(...oversampled), sampling_frames: frames })
    const point = await pointOf(warehouse)
    if (point === undefined) throw new Error('no point')
    const months = ['04', '05', '06', '07', '08', '09'].map((month) => ({ ...point, month: `2026-${month}` }))
    const [charted] = chartMetricPoints(months)
    expect(charted?.charts[0]?.points[0]?.value).toBe(point.value)
    // Among the weighted shares: neither 21 of 80 reviews, nor the 4 whole errors of 49 effective ones.
    expect(charted?.charts[0]?.centre).toBeCloseTo(point.value ?? 0, 12)
  })
})

describe('the monthly QA score and tone defects of reviews drawn at different rates', () => {
  const scored = [
    { stratum: 'flagged', count: 40, errors: 0, scores: [70, 80], toneDefects: 10 },
    { stratum: 'unflagged', count: 40, errors: 0, scores: [93, 97], toneDefects: 1 },
  ]

  it('weigh strata by their population, with t limits, and keep sums and counts as reviewed', async () => {
    const warehouse = await warehouseOf({ ...reviewed(...scored), sampling_frames: frames })
    const expected = stratifiedMean(
      [
        { population: 1000, n: 40, sum: 3000, sumOfSquares: 20 * (70 ** 2 + 80 ** 2) },
        { population: 9000, n: 40, sum: 3800, sumOfSquares: 20 * (93 ** 2 + 97 ** 2) },
      ],
      0.025,
    )
    expect(expected?.mean).toBeCloseTo(93, 9)
    expect(await pointOf(warehouse, 'qa_score')).toMatchObject({
      numerator: 6800,
      denominator: 80,
      value: expect.closeTo(93, 9),
      lower: expect.closeTo(expected?.spread?.lower ?? Number.NaN, 9),
      upper: expect.closeTo(expected?.spread?.upper ?? Number.NaN, 9),
      effectiveSize: expect.closeTo(10_000 ** 2 / (1000 ** 2 / 40 + 9000 ** 2 / 40), 9),
    })
    expect(await pointOf(warehouse, 'tone_defect_rate')).toMatchObject({
      numerator: 11,
      denominator: 80,
      value: expect.closeTo(0.1 * 0.25 + 0.9 * 0.025, 12),
    })
  })

  it('have no interval where a stratum has one score, and leave a stratum without any out', async () => {
    const single = [scored[1] ?? [], { stratum: 'flagged', count: 1, errors: 0, scores: [70] }].flat()
    const one = await warehouseOf({ ...reviewed(...single), sampling_frames: frames })
    expect(await pointOf(one, 'qa_score')).toMatchObject({ value: expect.closeTo(92.5, 9), lower: null, upper: null })
    const missing = [scored[1] ?? [], { stratum: 'flagged', count: 20, errors: 0 }].flat()
    const none = await warehouseOf({ ...reviewed(...missing), sampling_frames: frames })
    expect((await pointOf(none, 'qa_score'))?.value).toBeCloseTo(95, 9)
  })

  it('give a filtered channel the part of a stratum that its scored reviews show', async () => {
    const warehouse = await warehouseOf({
      ...reviewed(
        { stratum: 'flagged', count: 30, errors: 0, scores: [70, 80] },
        { stratum: 'flagged', count: 10, errors: 0, channel: 'email', scores: [60] },
        { stratum: 'unflagged', count: 20, errors: 0, scores: [90] },
        { stratum: 'unflagged', count: 20, errors: 0, channel: 'email' },
      ),
      sampling_frames: frames,
    })
    const contacts = { channel: 'chat', customerTier: null, aiVersion: null }
    const asked = { contacts, metrics: ['qa_score'] as const, reportingTimeZone: 'UTC', loadedThrough: later }
    const points = await listFilteredPoints(warehouse, asked)
    // 750 flagged contacts at 75 and all 9,000 unflagged ones at 90: the e-mails among these gave no score.
    expect(points[0]?.value).toBeCloseTo((750 * 75 + 9000 * 90) / 9750, 9)
  })

  it('are charted as they are: a score is no share of anything', async () => {
    const warehouse = await warehouseOf({ ...reviewed(...scored), sampling_frames: frames })
    const point = await pointOf(warehouse, 'qa_score')
    if (point === undefined) throw new Error('no point')
    const months = ['04', '05', '06', '07', '08', '09'].map((month, index) => ({
      ...point,
      month: `2026-${month}`,
      value: 93 + (index % 2),
    }))
    expect(chartMetricPoints(months)[0]?.charts[0]).toMatchObject({ kind: 'xmr', centre: expect.closeTo(93.5, 9) })
  })
})
