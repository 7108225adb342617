import type { Kysely } from 'kysely'
import { isLive } from '../contacts/counting-interactions.ts'
import { type Month, monthEnd, monthStart } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

type Row = WarehouseSchema['change_events']

export interface ChangeEvent {
  source: string
  changeId: string
  changedAt: Date
  kind: Row['kind']
  /** null: concerns every type. */
  interactionType: string | null
  summary: string | null
}

/**
 * Changes that can explain a break in a series, oldest first: those of the months from..through (both included) in the
 * reporting time zone, and, when a type is given, only its own and those that concern every type.
 */
export async function listChangeEvents(
  db: Kysely<WarehouseSchema>,
  filter: { from: Month; through: Month; reportingTimeZone: string; interactionType?: string },
): Promise<ChangeEvent[]> {
  const { interactionType } = filter
  let query = db
    .selectFrom('change_events')
    .selectAll()
    .where((eb) => isLive(eb))
    .where('changed_at', '>=', monthStart(filter.from, filter.reportingTimeZone))
    .where('changed_at', '<', monthEnd(filter.through, filter.reportingTimeZone))
    .orderBy('changed_at')
    .orderBy('source')
    .orderBy('change_id')
  if (interactionType !== undefined) {
    query = query.where((eb) =>
      eb.or([eb('interaction_type', 'is', null), eb('interaction_type', '=', interactionType)]),
    )
  }
  const rows = await query.execute()
  return rows.map((row) => ({
    source: row.source,
    changeId: row.change_id,
    changedAt: row.changed_at,
    kind: row.kind,
    interactionType: row.interaction_type,
    summary: row.summary,
  }))
}
