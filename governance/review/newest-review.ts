import type { Kysely } from 'kysely'
import { formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema, ProposalAction } from '../ledger/ledger-schema.ts'

/** The newest month whose review was ever opened; undefined before the first. */
export async function findNewestReviewMonth(db: Kysely<LedgerSchema>): Promise<string | undefined> {
  const row = await db.selectFrom('reviews').select('review_month').orderBy('review_month', 'desc').executeTakeFirst()
  return row?.review_month
}

/** Throws conflict when a later month's review was opened: old evidence must not move the level in force. */
export async function refuseOlderThanReviewed(db: Kysely<LedgerSchema>, month: string): Promise<void> {
  const newest = await findNewestReviewMonth(db)
  if (newest === undefined || newest <= month) return
  throw new OversightError(
    'conflict',
    `The review of ${formatMonth(newest)} was opened already, so ${formatMonth(month)} is past: its evidence may no longer move the level in force. Decide on the newest month.`,
  )
}

/**
 * Throws conflict when an expansion would rest on a month that a later review has overtaken. Keeping and reducing stay
 * possible: they give no more autonomy.
 */
export async function refuseOvertakenExpansion(
  db: Kysely<LedgerSchema>,
  { action, month, interactionType }: { action: ProposalAction; month: string; interactionType: string },
): Promise<void> {
  if (action !== 'expand') return
  const newest = await findNewestReviewMonth(db)
  if (newest === undefined || newest <= month) return
  throw new OversightError(
    'conflict',
    `The review of ${formatMonth(newest)} was opened since, so ${interactionType} can no longer be expanded on the evidence of ${formatMonth(month)}. Propose it in the review of ${formatMonth(newest)}; here it can be kept or reduced.`,
  )
}
