import { expect, it } from 'vitest'
import { listReviewPairs } from '#models/agreement/list-review-pairs.ts'
import { countCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { warehouseOf } from '#test/models/warehouse-of.ts'

it('counts contacts that two people reviewed, by who saw an error, and leaves out what is no second opinion', async () => {
  const at = new Date('2026-09-10T10:00:00Z')
  const review = (contact: string, reviewer: string, outcome: 'pass' | 'fail', more = {}) => ({
    review_id: `${contact}-${reviewer}-${outcome}`,
    interaction_id: contact,
    reviewer_id: reviewer,
    sampled_at: at,
    reviewed_at: new Date(`2026-09-1${reviewer.slice(1)}T10:00:00Z`),
    outcome,
    ...more,
  })
  const contacts = ['both', 'first', 'second', 'neither', 'once', 'same', 'judge', 'adjudicated', 'third']
  const warehouse = await warehouseOf({
    interactions: contacts.map((id) => ({ interaction_id: id, interaction_type: 'order_status', started_at: at })),
    qa_reviews: [
      review('both', 'r1', 'fail'),
      review('both', 'r2', 'fail'),
      review('first', 'r1', 'fail'),
      review('first', 'r2', 'pass'),
      review('second', 'r1', 'pass'),
      review('second', 'r2', 'fail'),
      review('neither', 'r1', 'pass'),
      review('neither', 'r2', 'pass'),
      review('once', 'r1', 'fail'),
      review('same', 'r1', 'fail'),
      review('same', 'r1', 'pass'),
      review('judge', 'r1', 'fail'),
      review('judge', 'r2', 'pass', { reviewer_kind: 'judge' as const }),
      review('adjudicated', 'r1', 'fail'),
      review('adjudicated', 'r3', 'pass', { is_adjudicated: true }),
      review('third', 'r1', 'pass'),
      review('third', 'r2', 'pass'),
      review('third', 'r3', 'fail'),
    ],
  })
  const { db } = warehouse
  const range = { from: parseMonth('2026-09'), through: parseMonth('2026-09') }
  expect(await listReviewPairs(db, range)).toEqual([
    { month: '2026-09', interactionType: 'order_status', both: 1, firstOnly: 1, secondOnly: 1, neither: 2 },
  ])
  // The contacts of these pairs, as the page lists them.
  const listed = await countCountedContacts(warehouse, {
    month: parseMonth('2026-09'),
    interactionType: 'order_status',
    metric: 'volume',
    cohort: 'ai_participated',
    scale: null,
    part: 'numerator',
    detail: { reviewers: 'two' },
  })
  expect(listed).toBe(5)
  const earlier = { from: parseMonth('2026-08'), through: parseMonth('2026-08') }
  expect(await listReviewPairs(db, earlier)).toEqual([])
})
