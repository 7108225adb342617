import type { Kysely } from 'kysely'
import { labelledContacts } from '../contacts/labelled-contacts.ts'
import { addMonths, type Month } from '../reporting-month.ts'
import type { PairCounts } from '../statistics/specific-agreement.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

export interface ReviewPairs extends PairCounts {
  month: Month
  interactionType: string
}

/**
 * Grain: month x type with at least one contact that was reviewed twice. The first two completed random reviews by two
 * different people of each AI-participated contact, by whether each found an error. Adjudications are the settled
 * label, not an opinion, and do not count.
 */
export async function listReviewPairs(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<ReviewPairs[]> {
  const contacts = await labelledContacts(db, range)
  const rows = await db
    .selectFrom('qa_reviews as review')
    .innerJoin(contacts.as('contact'), (join) =>
      join.onRef('contact.source', '=', 'review.source').onRef('contact.interaction_id', '=', 'review.interaction_id'),
    )
    .select([
      'contact.source',
      'contact.interaction_id',
      'contact.interaction_type',
      'contact.contact_month',
      'review.reviewer_id',
      'review.outcome',
      'review.severity',
    ])
    .where('contact.handled_by', 'in', ['ai', 'ai_assisted'])
    .where('contact.contact_month', '>=', `${range.from}-01`)
    .where('contact.contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .where('review.reviewer_kind', '=', 'human')
    .where('review.sampling', '=', 'random')
    .where('review.reviewed_at', 'is not', null)
    .where((eb) => eb(eb.fn.coalesce('review.is_deleted', eb.lit(false)), '=', eb.lit(false)))
    .where((eb) => eb(eb.fn.coalesce('review.is_adjudicated', eb.lit(false)), '=', eb.lit(false)))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('qa_reviews as other')
          .select('other.review_id')
          .whereRef('other.source', '=', 'review.source')
          .whereRef('other.interaction_id', '=', 'review.interaction_id')
          .whereRef('other.reviewer_id', '<>', 'review.reviewer_id')
          .where('other.reviewer_kind', '=', 'human')
          .where('other.sampling', '=', 'random')
          .where('other.reviewed_at', 'is not', null),
      ),
    )
    .orderBy('contact.source')
    .orderBy('contact.interaction_id')
    .orderBy('review.reviewed_at')
    .orderBy('review.review_id')
    .execute()
  const opinions = new Map<string, { reviewerId: string; isError: boolean; month: Month; interactionType: string }[]>()
  for (const row of rows) {
    const key = `${row.source}\n${row.interaction_id}`
    const known = opinions.get(key) ?? []
    if (known.length === 2 || known.some(({ reviewerId }) => reviewerId === row.reviewer_id)) continue
    // The outcome decides; without one a major or critical defect does (docs/decisions/what-is-an-error.md).
    const isError =
      row.outcome === 'fail' || (row.outcome == null && (row.severity === 'major' || row.severity === 'critical'))
    const month = String(row.contact_month).slice(0, 7) as Month
    opinions.set(key, [
      ...known,
      { reviewerId: row.reviewer_id, isError, month, interactionType: row.interaction_type },
    ])
  }
  const pairs = new Map<string, ReviewPairs>()
  for (const [first, second] of opinions.values()) {
    if (first === undefined || second === undefined) continue
    const { month, interactionType } = first
    const key = `${month}\n${interactionType}`
    const counted = pairs.get(key) ?? { month, interactionType, both: 0, firstOnly: 0, secondOnly: 0, neither: 0 }
    const cell = first.isError ? (second.isError ? 'both' : 'firstOnly') : second.isError ? 'secondOnly' : 'neither'
    pairs.set(key, { ...counted, [cell]: counted[cell] + 1 })
  }
  return [...pairs.values()].sort(
    (a, b) => a.month.localeCompare(b.month) || a.interactionType.localeCompare(b.interactionType),
  )
}
