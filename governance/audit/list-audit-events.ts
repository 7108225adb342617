import type { Ledger } from '../ledger/open-ledger.ts'
import { type AuditAction, type Leaf, leafSchema } from './audit-event.ts'

export interface ListedEvent extends Pick<Leaf, 'seq' | 'id' | 'ts' | 'actor' | 'rows'> {
  action: AuditAction
  object: { type: string; id: string }
  data: Readonly<Record<string, unknown>>
  /** SHA-256(0x00 || leaf), the leaf's place in the tree. */
  leafHash: string
}

/** Pages count from 1; newest first. `total` counts every event that fits the filter. */
export async function listAuditEvents(
  ledger: Pick<Ledger, 'db'>,
  input: {
    page: number
    pageSize: number
    action?: string | undefined
    object?: { type: string; id: string } | undefined
    actorId?: string | undefined
  },
): Promise<{ events: ListedEvent[]; total: number }> {
  let query = ledger.db.selectFrom('audit_events')
  if (input.action !== undefined) query = query.where('action', '=', input.action)
  if (input.object !== undefined) {
    query = query.where('object_type', '=', input.object.type).where('object_id', '=', input.object.id)
  }
  if (input.actorId !== undefined) query = query.where('actor_id', '=', input.actorId)
  const counted = await query.select((of) => of.fn.countAll().as('total')).executeTakeFirst()
  const rows = await query
    .select(['leaf', 'leaf_sha256'])
    .orderBy('seq', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    total: Number(counted?.total ?? 0),
    events: rows.map((row) => ({ ...leafSchema.parse(JSON.parse(row.leaf)), leafHash: row.leaf_sha256 })),
  }
}
