import { expect, it } from 'vitest'
import { listReviewerCounts } from '#models/agreement/list-reviewer-counts.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { warehouseOf } from '#test/models/warehouse-of.ts'

it('counts the random reviews of each person and the errors in them, and nothing else', async () => {
  const at = new Date('2026-09-10T10:00:00Z')
  const review = (contact: string, reviewer: string, more = {}) => ({
    review_id: `${contact}-${reviewer}`,
    interaction_id: contact,
    reviewer_id: reviewer,
    sampled_at: at,
    reviewed_at: new Date('2026-09-11T10:00:00Z'),
    outcome: 'pass' as const,
    ...more,
  })
  const { db } = await warehouseOf({
    interactions: ['a', 'b', 'c', 'd'].map((id) => ({
      interaction_id: id,
      interaction_type: 'order_status',
      started_at: at,
    })),
    qa_reviews: [
      review('a', 'r1', { outcome: 'fail' }),
      review('b', 'r1'),
      review('c', 'r1', { outcome: null, severity: 'major' }),
      review('a', 'r2'),
      review('b', 'r2', { sampling: 'targeted', outcome: 'fail' }),
      review('c', 'r2', { reviewed_at: null, outcome: null }),
      review('d', 'r2', { is_adjudicated: true, outcome: 'fail' }),
      review('d', 'r3', { reviewer_kind: 'judge', outcome: 'fail' }),
    ],
  })
  const of = (month: string) => ({ from: parseMonth(month), through: parseMonth(month) })
  expect(await listReviewerCounts(db, of('2026-09'))).toEqual([
    { reviewer: 'r1', reviews: 3, defects: 2 },
    { reviewer: 'r2', reviews: 1, defects: 0 },
  ])
  expect(await listReviewerCounts(db, of('2026-08'))).toEqual([])
})
