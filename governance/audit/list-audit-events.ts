import type { Ledger } from '../ledger/open-ledger.ts'
import { type AuditAction, type Leaf, leafSchema } from './audit-event.ts'

export interface ListedEvent extends Pick<Leaf, 'seq' | 'id' | 'ts' | 'actor' | 'rows'> {
  action: AuditAction
  object: { type: string; id: string }
  data: Readonly<Record<string, unknown>>
  /** SHA-256(0x00 || leaf), the leaf's place in the tree. */
  leafHash: string
}

export interface AuditEventFilter {
  action?: string | undefined
  object?: { type: string; id: string } | undefined
  actorId?: string | undefined
  /** Recorded at this instant or later (ISO 8601, UTC), and before that one. */
  recordedFrom?: string | undefined
  recordedBefore?: string | undefined
}

/** Pages count from 1; newest first. `total` counts every event that fits the filter. */
export async function listAuditEvents(
  ledger: Pick<Ledger, 'db'>,
  input: AuditEventFilter & { page: number; pageSize: number },
): Promise<{ events: ListedEvent[]; total: number }> {
  const query = filteredEvents(ledger, input)
  const counted = await query.select((of) => of.fn.countAll().as('total')).executeTakeFirst()
  const rows = await query
    .select(['leaf', 'leaf_sha256'])
    .orderBy('seq', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { total: Number(counted?.total ?? 0), events: rows.map(listedEvent) }
}

/** Every event of the filter, newest first, in batches: those written meanwhile neither come in nor shift the others. */
export async function* readAuditEvents(
  ledger: Pick<Ledger, 'db'>,
  filter: AuditEventFilter,
  batchSize = 1000,
): AsyncGenerator<ListedEvent[]> {
  for (let before: number | undefined; ; ) {
    let query = filteredEvents(ledger, filter)
    if (before !== undefined) query = query.where('seq', '<', before)
    const rows = await query.select(['leaf', 'leaf_sha256']).orderBy('seq', 'desc').limit(batchSize).execute()
    const events = rows.map(listedEvent)
    if (events.length > 0) yield events
    if (events.length < batchSize) return
    before = events.at(-1)?.seq
  }
}

function filteredEvents(ledger: Pick<Ledger, 'db'>, filter: AuditEventFilter) {
  let query = ledger.db.selectFrom('audit_events')
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.object !== undefined) {
    query = query.where('object_type', '=', filter.object.type).where('object_id', '=', filter.object.id)
  }
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId)
  if (filter.recordedFrom !== undefined) query = query.where('recorded_at', '>=', filter.recordedFrom)
  if (filter.recordedBefore !== undefined) query = query.where('recorded_at', '<', filter.recordedBefore)
  return query
}

function listedEvent({ leaf, leaf_sha256 }: { leaf: string; leaf_sha256: string }): ListedEvent {
  return { ...leafSchema.parse(JSON.parse(leaf)), leafHash: leaf_sha256 }
}
