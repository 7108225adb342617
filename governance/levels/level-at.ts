import type { Kysely } from 'kysely'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

export interface LevelInForce {
  level: OversightLevel
  since: Date
  decisionId: string
  /** Stated by a baseline decision, not changed by one. */
  isBaseline: boolean
}

/** The level of a type at an instant (intervals are half-open); undefined when none was in force. */
export async function levelAt(
  ledger: Pick<Ledger, 'db'>,
  input: { interactionType: string; at: Date },
): Promise<LevelInForce | undefined> {
  return findLevel(ledger.db, input.interactionType, input.at.toISOString())
}

/** The level that no decision has ended yet, whatever the time. */
export async function findOpenLevel(
  db: Kysely<LedgerSchema>,
  interactionType: string,
): Promise<LevelInForce | undefined> {
  return findLevel(db, interactionType, undefined)
}

async function findLevel(
  db: Kysely<LedgerSchema>,
  interactionType: string,
  at: string | undefined,
): Promise<LevelInForce | undefined> {
  let query = db
    .selectFrom('level_intervals as interval')
    .innerJoin('decisions as decision', 'decision.decision_id', 'interval.decision_id')
    .select(['interval.oversight_level', 'interval.effective_from', 'interval.decision_id', 'decision.kind'])
    .where('interval.interaction_type', '=', interactionType)
  query =
    at === undefined
      ? query.where('interval.effective_to', 'is', null)
      : query
          .where('interval.effective_from', '<=', at)
          .where((of) => of.or([of('interval.effective_to', 'is', null), of('interval.effective_to', '>', at)]))
  const row = await query.executeTakeFirst()
  if (row === undefined) return undefined
  return {
    level: row.oversight_level,
    since: new Date(row.effective_from),
    decisionId: row.decision_id,
    isBaseline: row.kind === 'baseline',
  }
}
