import type { Kysely } from 'kysely'
import { addMonths, type Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/**
 * Grain: interaction type. Who made more than half of the label reviews of the random sample in the months from..through,
 * as the source names them; types without such a person are absent.
 */
export async function listMajorityReviewers(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('contacts')
    .innerJoin('qa_reviews', (join) =>
      join
        .onRef('qa_reviews.source', '=', 'contacts.source')
        .onRef('qa_reviews.review_id', '=', 'contacts.label_review_id'),
    )
    .select((of) => ['contacts.interaction_type', 'qa_reviews.reviewer_id', of.fn.countAll().as('review_count')])
    .where('contacts.is_random_reviewed', '=', true)
    .where('contacts.contact_month', '>=', `${range.from}-01`)
    .where('contacts.contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .groupBy(['contacts.interaction_type', 'qa_reviews.reviewer_id'])
    .execute()
  const totals = new Map<string, number>()
  for (const row of rows) {
    totals.set(row.interaction_type, (totals.get(row.interaction_type) ?? 0) + Number(row.review_count))
  }
  return new Map(
    rows
      .filter((row) => Number(row.review_count) * 2 > (totals.get(row.interaction_type) ?? 0))
      .map((row) => [row.interaction_type, row.reviewer_id]),
  )
}
