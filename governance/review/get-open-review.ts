import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema, ReviewsTable } from '../ledger/ledger-schema.ts'

/** Throws not_found without a review of the month, conflict when it is closed. */
export async function getOpenReview(db: Kysely<LedgerSchema>, month: string): Promise<ReviewsTable> {
  const review = await db.selectFrom('reviews').selectAll().where('review_month', '=', month).executeTakeFirst()
  if (review === undefined) throw new OversightError('not_found', `There is no review of ${month}. Open it first.`)
  if (review.state !== 'open') throw new OversightError('conflict', `The review of ${month} is closed.`)
  return review
}

/** The cycle decision of the type, if there is one. */
export async function findCycleDecision(db: Kysely<LedgerSchema>, month: string, interactionType: string) {
  return db
    .selectFrom('decisions')
    .selectAll()
    .where('kind', '=', 'cycle')
    .where('review_month', '=', month)
    .where('interaction_type', '=', interactionType)
    .executeTakeFirst()
}
