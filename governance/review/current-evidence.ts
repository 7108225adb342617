import type { Kysely } from 'kysely'
import type { EvidenceTable, LedgerSchema } from '../ledger/ledger-schema.ts'

/** The highest revision; undefined before the freeze. */
export async function findCurrentEvidence(
  db: Kysely<LedgerSchema>,
  month: string,
  interactionType: string,
): Promise<EvidenceTable | undefined> {
  return db
    .selectFrom('evidence')
    .selectAll()
    .where('review_month', '=', month)
    .where('interaction_type', '=', interactionType)
    .orderBy('revision', 'desc')
    .executeTakeFirst()
}
