import type { Ledger } from '../ledger/open-ledger.ts'

/** When the duties of each type that changed were last saved, whatever changed; a type never changed is absent. */
export async function listDutiesWritten(ledger: Pick<Ledger, 'db'>): Promise<Map<string, Date>> {
  const rows = await ledger.db
    .selectFrom('audit_events')
    .select(({ fn }) => ['object_id', fn.max('recorded_at').as('written_at')])
    .where('action', '=', 'type-changed')
    .groupBy('object_id')
    .execute()
  return new Map(rows.map((row) => [row.object_id, new Date(row.written_at)]))
}
