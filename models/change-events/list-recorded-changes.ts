import type { Kysely } from 'kysely'
import { isLive } from '../contacts/counting-interactions.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ChangeEvent } from './list-change-events.ts'

/** A change with who brought it in. */
export interface RecordedChange extends ChangeEvent {
  /** null where the load is not recorded any more. */
  loadedBy: string | null
  loadedAt: Date
}

/** Every change of model, prompt, knowledge, policy, routing or vendor definition, the newest first. */
export async function listRecordedChanges(db: Kysely<WarehouseSchema>): Promise<RecordedChange[]> {
  const rows = await db
    .selectFrom(db.selectFrom('change_events').where(isLive).selectAll().as('change'))
    .leftJoin('loads', 'loads.load_id', 'change.load_id')
    .selectAll('change')
    .select('loads.loaded_by')
    .orderBy('change.changed_at', 'desc')
    .orderBy('change.source')
    .orderBy('change.change_id')
    .execute()
  return rows.map((row) => ({
    source: row.source,
    changeId: row.change_id,
    changedAt: row.changed_at,
    kind: row.kind,
    interactionType: row.interaction_type,
    summary: row.summary,
    loadedBy: row.loaded_by,
    loadedAt: row.loaded_at,
  }))
}
