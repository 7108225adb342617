import { describe, expect, it } from 'vitest'
import { listWeeklyCounts } from '#models/weekly/list-weekly-counts.ts'
import { warehouseOf } from '../warehouse-of.ts'

const contact = (interaction_id: string, started_at: string, more: object = {}) => ({
  interaction_id,
  started_at: new Date(started_at),
  ...more,
})
const review = (interaction_id: string, defect: 'tone_mismatch' | 'hallucination', more: object = {}) => ({
  review_id: interaction_id,
  interaction_id,
  sampled_at: new Date('2026-09-10T00:00:00Z'),
  reviewed_at: new Date('2026-09-10T00:00:00Z'),
  defect,
  ...more,
})

describe('weekly counts', () => {
  it('begin on Monday of the reporting time zone and count defects by class, escalations and unresolved ones', async () => {
    const warehouse = await warehouseOf(
      {
        interactions: [
          contact('sunday', '2026-09-06T21:59:59Z'),
          contact('monday', '2026-09-06T22:00:00Z', { claimed_resolution: 'unresolved' }),
          contact('tone', '2026-09-09T12:00:00Z', { claimed_resolution: 'assumed' }),
          contact('targeted', '2026-09-09T12:00:00Z'),
          contact('person', '2026-09-09T12:00:00Z', { handled_by: 'human' }),
        ],
        qa_reviews: [
          review('tone', 'tone_mismatch'),
          review('monday', 'hallucination', { severity: 'major' }),
          review('targeted', 'tone_mismatch', { sampling: 'targeted' }),
        ],
        escalations: [{ escalation_id: '1', interaction_id: 'tone', escalated_at: new Date('2026-09-09T12:00:00Z') }],
      },
      { reportingTimeZone: 'Europe/Berlin' },
    )
    const weeks = await listWeeklyCounts(warehouse, { from: '2026-08-31', through: '2026-09-07', interactionType: 't' })
    expect(weeks).toMatchObject([
      { week_start: '2026-08-31', contact_count: 1, random_reviewed_count: 0 },
      {
        week_start: '2026-09-07',
        contact_count: 3,
        random_reviewed_count: 2,
        error_count: 1,
        defect_tone_mismatch_count: 1,
        defect_hallucination_count: 1,
        escalated_count: 1,
        claim_given_count: 2,
        unresolved_count: 1,
      },
    ])
    expect(await listWeeklyCounts(warehouse, { from: '2026-09-08', through: '2026-12-31' })).toEqual([])
  })
})
