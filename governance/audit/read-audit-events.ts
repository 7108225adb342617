import type { Ledger } from '../ledger/open-ledger.ts'
import { leafSchema } from './audit-event.ts'
import type { ListedEvent } from './list-audit-events.ts'

/**
 * Events from a sequence number on, oldest first, at most `limit`. `nextFrom` is where the next call goes on: behind the
 * last event looked at, or behind the whole trail where it was read to its end.
 */
export async function readAuditEvents(
  ledger: Pick<Ledger, 'db'>,
  { from, limit, action }: { from: number; limit: number; action?: string | undefined },
): Promise<{ events: ListedEvent[]; nextFrom: number; size: number }> {
  const newest = await ledger.db
    .selectFrom('audit_events')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const size = newest === undefined ? 0 : newest.seq + 1
  let query = ledger.db
    .selectFrom('audit_events')
    .select(['leaf', 'leaf_sha256'])
    .where('seq', '>=', from)
    .where('seq', '<', size)
  if (action !== undefined) query = query.where('action', '=', action)
  const rows = await query.orderBy('seq').limit(limit).execute()
  const events = rows.map((row) => ({ ...leafSchema.parse(JSON.parse(row.leaf)), leafHash: row.leaf_sha256 }))
  const last = events.at(-1)
  return { events, size, nextFrom: events.length < limit || last === undefined ? Math.max(from, size) : last.seq + 1 }
}
