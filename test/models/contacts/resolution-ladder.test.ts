import { describe, expect, it } from 'vitest'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

type Interaction = NonNullable<Facts['interactions']>[number]
const month = parseMonth('2026-09')
const at = (time: string) => new Date(`2026-09-${time}Z`)
const watermark = new Date('2026-10-20T00:00:00Z')

/** One contact that is durably resolved unless something is changed. */
const good = (more: Partial<Interaction> = {}): Interaction => ({
  interaction_id: 'a',
  customer_id: 'u',
  started_at: at('05T10:00:00'),
  claimed_resolution: 'assumed',
  ...more,
})

async function rungs(facts: Facts, options: { watermark?: Date } = {}) {
  const warehouse = await warehouseOf(facts, { watermark, ...options })
  const points = await listMetricPoints(warehouse.db, { from: month, through: month })
  const of = (name: string) => {
    const point = points.find((each) => each.metric === name && each.cohort === 'ai_participated')
    return point === undefined ? '-' : `${point.numerator}/${point.denominator}`
  }
  return {
    claimed: of('claimed_resolution_rate'),
    contained: of('contained_resolution_rate'),
    confirmed: of('confirmed_resolution_rate'),
    durable: of('durable_resolution_rate'),
    gap: of('resolution_gap'),
  }
}

const review = { review_id: '1', interaction_id: 'a', sampled_at: at('06T00:00:00'), reviewed_at: at('06T00:00:00') }
const survey = { response_id: '1', interaction_id: 'a', offered_at: at('06T00:00:00'), responded_at: at('06T00:00:00') }

describe('the resolution ladder', () => {
  it('calls a claim durable when nothing speaks against it', async () => {
    const climbed = { claimed: '1/1', contained: '1/1', confirmed: '0/1', durable: '1/1', gap: '0/1' }
    expect(await rungs({ interactions: [good()] })).toEqual(climbed)
    expect(await rungs({ interactions: [good({ claimed_resolution: 'confirmed' })] })).toEqual({
      ...climbed,
      confirmed: '1/1',
    })
  })

  it('takes it back for a reopening, a repeat contact in 48 h, a failed review of any sampling, a bad answer', async () => {
    const broken = { contained: '1/1', durable: '0/1', gap: '1/1' }
    expect(await rungs({ interactions: [good({ reopened: true })] })).toMatchObject(broken)
    const later = { interaction_id: 'b', customer_id: 'u', handled_by: 'human' as const }
    expect(await rungs({ interactions: [good(), { ...later, started_at: at('07T10:00:00') }] })).toMatchObject(broken)
    expect(await rungs({ interactions: [good(), { ...later, started_at: at('07T10:00:01') }] })).toMatchObject({
      durable: '1/1',
    })
    expect(
      await rungs({ interactions: [good()], qa_reviews: [{ ...review, sampling: 'targeted', outcome: 'fail' }] }),
    ).toMatchObject(broken)
    expect(await rungs({ interactions: [good()], csat_responses: [{ ...survey, score: 2 }] })).toMatchObject(broken)
    expect(await rungs({ interactions: [good()], csat_responses: [{ ...survey, score: 3 }] })).toMatchObject({
      durable: '1/1',
    })
  })

  it('is neither contained nor durable once a person touched it', async () => {
    const touched = { claimed: '1/1', contained: '0/1', durable: '0/1', gap: '1/1' }
    expect(await rungs({ interactions: [good({ handled_by: 'ai_assisted' })] })).toMatchObject(touched)
    expect(await rungs({ interactions: [good({ human_seconds: 1 })] })).toMatchObject(touched)
    expect(
      await rungs({
        interactions: [good()],
        escalations: [{ escalation_id: '1', interaction_id: 'a', escalated_at: at('05T10:01:00') }],
      }),
    ).toMatchObject(touched)
  })

  it('leaves out what cannot be judged, from every rung alike', async () => {
    const nothing = { claimed: '0/0', contained: '0/0', confirmed: '0/0', durable: '0/0', gap: '0/0' }
    expect(await rungs({ interactions: [good({ claimed_resolution: null })] })).toEqual(nothing)
    expect(await rungs({ interactions: [good({ customer_id: null })] })).toEqual(nothing)
    expect(await rungs({ interactions: [good({ exclusion: 'thanks' })] })).toEqual(nothing)
    expect(await rungs({ interactions: [good()] }, { watermark: at('07T09:59:59') })).toEqual(nothing)
  })

  it('keeps claims of no resolution in the denominator', async () => {
    expect(await rungs({ interactions: [good({ claimed_resolution: 'abandoned' })] })).toMatchObject({
      claimed: '0/1',
      gap: '0/1',
    })
  })
})
