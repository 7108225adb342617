import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { type TripWire, toTripWire } from './trip-wire.ts'

/**
 * The trip-wires that hold for a type now: those signed with the decision that set its level and with later decisions
 * that kept it (the newest of each metric), and since when the level holds. Any step down ends them.
 */
export async function tripWiresInForce(
  db: Kysely<LedgerSchema>,
  interactionType: string,
): Promise<{ since: Date; wires: TripWire[] } | undefined> {
  const inForce = await findOpenLevel(db, interactionType)
  if (inForce === undefined) return undefined
  const rows = await db
    .selectFrom('trip_wires')
    .innerJoin('decisions', 'decisions.proposal_id', 'trip_wires.proposal_id')
    .selectAll('trip_wires')
    .where('decisions.interaction_type', '=', interactionType)
    .where('decisions.decided_at', '>=', inForce.since.toISOString())
    .orderBy('decisions.decided_at')
    .orderBy('trip_wires.metric')
    .execute()
  const newest = new Map(rows.map((row) => [row.metric, toTripWire(row)]))
  return { since: inForce.since, wires: [...newest.values()] }
}
