import type { Kysely } from 'kysely'
import type { DecisionsTable, LedgerSchema } from '../ledger/ledger-schema.ts'

/** The newest decision of a type: its validity is that of the level in force. Undefined before the first. */
export async function findDecisionInForce(
  db: Kysely<LedgerSchema>,
  interactionType: string,
): Promise<DecisionsTable | undefined> {
  return (
    db
      .selectFrom('decisions')
      .selectAll()
      .where('interaction_type', '=', interactionType)
      .orderBy('decided_at', 'desc')
      // Two of one instant: the one that came later into the trail.
      .orderBy(
        (of) =>
          of
            .selectFrom('audit_events')
            .select((event) => event.fn.max('seq').as('seq'))
            .where('object_type', '=', 'decision')
            .whereRef('object_id', '=', 'decisions.decision_id'),
        'desc',
      )
      .executeTakeFirst()
  )
}

/** Types with a level in force, by name. */
export async function listTypesInForce(db: Kysely<LedgerSchema>): Promise<string[]> {
  const rows = await db
    .selectFrom('level_intervals')
    .select('interaction_type')
    .where('effective_to', 'is', null)
    .orderBy('interaction_type')
    .execute()
  return rows.map((row) => row.interaction_type)
}
