import type { Kysely } from 'kysely'
import { addMonths, type Month } from '../reporting-month.ts'
import type { ReviewerCounts } from '../statistics/reviewer-leniency.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/**
 * Grain: reviewer. Completed random human reviews of contacts with AI that started in the months from..through, and in
 * how many an error was found. Adjudications are the settled label, not an opinion, and do not count. By reviewer.
 */
export async function listReviewerCounts(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<ReviewerCounts[]> {
  const rows = await db
    .selectFrom('qa_reviews as review')
    .innerJoin('contacts as contact', (join) =>
      join.onRef('contact.source', '=', 'review.source').onRef('contact.interaction_id', '=', 'review.interaction_id'),
    )
    .select((eb) => ['review.reviewer_id', 'review.outcome', 'review.severity', eb.fn.countAll().as('review_count')])
    .where('contact.handled_by', 'in', ['ai', 'ai_assisted'])
    .where('contact.contact_month', '>=', `${range.from}-01`)
    .where('contact.contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .where('review.reviewer_kind', '=', 'human')
    .where('review.sampling', '=', 'random')
    .where('review.reviewed_at', 'is not', null)
    .where((eb) => eb(eb.fn.coalesce('review.is_deleted', eb.lit(false)), '=', eb.lit(false)))
    .where((eb) => eb(eb.fn.coalesce('review.is_adjudicated', eb.lit(false)), '=', eb.lit(false)))
    .groupBy(['review.reviewer_id', 'review.outcome', 'review.severity'])
    .execute()
  const counted = new Map<string, { reviews: number; defects: number }>()
  for (const row of rows) {
    const known = counted.get(row.reviewer_id) ?? { reviews: 0, defects: 0 }
    const count = Number(row.review_count)
    // The outcome decides; without one a major or critical defect does (docs/decisions/what-is-an-error.md).
    const isError =
      row.outcome === 'fail' || (row.outcome == null && (row.severity === 'major' || row.severity === 'critical'))
    counted.set(row.reviewer_id, {
      reviews: known.reviews + count,
      defects: known.defects + (isError ? count : 0),
    })
  }
  return [...counted]
    .map(([reviewer, counts]) => ({ reviewer, ...counts }))
    .sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1))
}
