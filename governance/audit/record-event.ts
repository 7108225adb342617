import { OversightError } from '#models/oversight-error.ts'
import type { LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import { type Actor, type AuditEvent, type Leaf, leafSchema, type WrittenRow } from './audit-event.ts'
import { canonicalJson, type PlainJson } from './canonical-json.ts'
import { findGovernedRow, type GovernedTable, keyOf, rowSha256 } from './governed-tables.ts'
import { leafHash, nodesOfAppend } from './merkle-tree.ts'
import { storedNodes, treeSize } from './stored-tree.ts'

/** tlog-tiles writes the length of an entry in two bytes. */
const longestLeafBytes = 65_535

/** A governed row that the same transaction has just written: table and the values of its key columns. */
export type Wrote = readonly [table: GovernedTable, ...key: (string | number)[]]

/**
 * Appends one event to the audit trail inside the transaction that made the change; O(log n). The rows it wrote are
 * read back and their hashes enter the leaf. Throws internal, and so undoes the change, when the event cannot be
 * written. Returns its sequence number, from 0.
 */
export async function recordEvent(
  db: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  event: AuditEvent,
  ...wrote: Wrote[]
): Promise<number> {
  const seq = await treeSize(db)
  const rows: WrittenRow[] = []
  for (const [table, ...key] of wrote) {
    const row = await findGovernedRow(db, table, key)
    if (row === undefined) throw new OversightError('internal', `No row ${key.join('/')} in ${table} to record.`)
    rows.push({ table, key: keyOf(table, row), sha256: rowSha256(row) })
  }
  const leaf: Leaf = leafSchema.parse({
    v: 1,
    seq,
    id: clock.newId(),
    ts: clock.now.toISOString(),
    actor,
    ...event,
    rows,
  })
  const text = canonicalJson(leaf as unknown as PlainJson)
  if (Buffer.byteLength(text) > longestLeafBytes) {
    throw new OversightError('internal', `The event ${event.action} is longer than ${longestLeafBytes} bytes.`)
  }
  const hash = leafHash(text)
  await db
    .insertInto('audit_events')
    .values({
      seq,
      event_id: leaf.id,
      recorded_at: leaf.ts,
      actor_id: actor.id,
      actor_name: actor.name,
      actor_role: actor.role,
      action: leaf.action,
      object_type: leaf.object.type,
      object_id: leaf.object.id,
      leaf: text,
      leaf_sha256: hash.toString('hex'),
    })
    .execute()
  const nodes = await nodesOfAppend(storedNodes(db), seq, hash)
  await db
    .insertInto('audit_nodes')
    .values(
      nodes.map((node) => ({
        height: node.height,
        position: node.position,
        sha256: Buffer.from(node.hash).toString('hex'),
      })),
    )
    .execute()
  return seq
}
