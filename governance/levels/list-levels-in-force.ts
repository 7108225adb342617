import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** Every level that was ever in force, as the models take it: by type, then time, half-open intervals. */
export async function listLevelsInForce(ledger: Pick<Ledger, 'db'>): Promise<LevelsInForceTable[]> {
  const rows = await ledger.db
    .selectFrom('level_intervals')
    .select(['interaction_type', 'oversight_level', 'effective_from', 'effective_to'])
    .orderBy('interaction_type')
    .orderBy('effective_from')
    .execute()
  return rows.map((row) => ({
    interaction_type: row.interaction_type,
    oversight_level: row.oversight_level,
    effective_from: new Date(row.effective_from),
    effective_to: row.effective_to === null ? null : new Date(row.effective_to),
  }))
}
