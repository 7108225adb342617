import type { Kysely } from 'kysely'
import type { AuditEventsTable, LedgerSchema } from '../ledger/ledger-schema.ts'
import { type Leaf, leafSchema } from './audit-event.ts'
import { canonicalJson, type PlainJson } from './canonical-json.ts'
import type { MemoryTree } from './memory-tree.ts'
import { leafHash } from './merkle-tree.ts'
import type { Finding } from './verify-trail.ts'

/** The last event that wrote a governed row, by "table key". */
export type Writers = ReadonlyMap<string, { table: string; key: string; sha256: string; seq: number }>

export type LevelChange = Extract<Leaf, { action: 'level-changed' }>

const batch = 1000

/** Reads every event in order into the tree; finds gaps, changed leaves, and columns that contradict their leaf. */
export async function verifyEvents(
  db: Kysely<LedgerSchema>,
  tree: MemoryTree,
  findings: Finding[],
): Promise<{ writers: Writers; levelChanges: LevelChange[] }> {
  const writers = new Map<string, { table: string; key: string; sha256: string; seq: number }>()
  const levelChanges: LevelChange[] = []
  for (let after = -1; ; ) {
    const rows = await db
      .selectFrom('audit_events')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(batch)
      .execute()
    for (const row of rows) {
      const where = `audit_events seq ${row.seq}`
      if (row.seq !== tree.size) findings.push({ where, what: `event ${tree.size} should stand here: one is missing` })
      const hash = leafHash(row.leaf)
      tree.append(hash)
      if (hash.toString('hex') !== row.leaf_sha256) findings.push({ where, what: 'the leaf does not have its hash' })
      const leaf = readLeaf(row, where, findings)
      if (leaf === undefined) continue
      for (const written of leaf.rows) writers.set(`${written.table} ${written.key}`, { ...written, seq: row.seq })
      if (leaf.action === 'level-changed') levelChanges.push(leaf)
    }
    const last = rows.at(-1)
    if (last === undefined) return { writers, levelChanges }
    after = last.seq
  }
}

function readLeaf(row: AuditEventsTable, where: string, findings: Finding[]): Leaf | undefined {
  let leaf: Leaf
  try {
    leaf = leafSchema.parse(JSON.parse(row.leaf))
    if (canonicalJson(leaf as unknown as PlainJson) !== row.leaf) throw new Error('it is not in canonical form')
  } catch {
    findings.push({ where, what: 'the leaf is not an event that this program writes' })
    return undefined
  }
  const contradicting = Object.entries({
    seq: leaf.seq === row.seq,
    event_id: leaf.id === row.event_id,
    recorded_at: leaf.ts === row.recorded_at,
    actor_id: leaf.actor.id === row.actor_id,
    actor_name: leaf.actor.name === row.actor_name,
    actor_role: leaf.actor.role === row.actor_role,
    action: leaf.action === row.action,
    object_type: leaf.object.type === row.object_type,
    object_id: leaf.object.id === row.object_id,
  })
    .filter(([, agrees]) => !agrees)
    .map(([column]) => column)
  if (contradicting.length > 0) {
    findings.push({ where, what: `${contradicting.join(', ')} contradicts the leaf` })
  }
  return leaf
}
