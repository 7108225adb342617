import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { openCheckpoint, type TreeHead } from './checkpoint.ts'
import { MemoryTree } from './memory-tree.ts'
import { treeRoot } from './merkle-tree.ts'
import type { NoteVerifier } from './signed-note.ts'
import { findLastSigned, findVerifier } from './signing-key.ts'
import { verifyEvents } from './verify-events.ts'
import { type ReplayedLevel, verifyLevels } from './verify-levels.ts'
import { verifyNodes } from './verify-nodes.ts'
import { verifyRows } from './verify-rows.ts'

/** Something that does not hold, and where: a table with its key, or an event by its number. */
export interface Finding {
  where: string
  what: string
}

export type TrailReport =
  | {
      ok: true
      size: number
      root: string
      checkpointCount: number
      signedSize: number
      /** By interaction type: the level that the events alone give, beside the stored one. */
      levels: ReplayedLevel[]
    }
  | { ok: false; size: number; findings: Finding[]; levels: ReplayedLevel[] }

/**
 * Checks the whole ledger on one unchanging state: every event against its place in the tree, the tree against every
 * signed checkpoint and against the memory kept beside the key, every governed row against the last event that wrote
 * it, the levels against a replay of the events, and the schema against what was made. Events after the last
 * checkpoint (`size` minus `signedSize`) are checked but not yet signed for. `kept` are checkpoints that somebody else
 * kept: they find what was rewritten by a holder of database and key.
 */
export async function verifyTrail(
  ledger: Ledger,
  keysDirectory = ledger.keysDirectory,
  kept: readonly string[] = [],
): Promise<TrailReport> {
  const findings: Finding[] = (await ledger.schemaChanges()).map((what) => ({ where: 'schema', what }))
  return ledger.readSnapshot(async (db) => {
    const tree = new MemoryTree()
    const events = await verifyEvents(db, tree, findings)
    await verifyNodes(db, tree, findings)
    const { checkpointCount, signedSize } = await verifyCheckpoints(db, keysDirectory, tree, findings)
    await verifyKept(kept, keysDirectory, tree, findings)
    await verifyRows(db, events.writers, findings)
    const levels = await verifyLevels(db, events.levelChanges, findings)
    if (findings.length > 0) return { ok: false, size: tree.size, findings, levels }
    const root = Buffer.from(await treeRoot(tree.read, tree.size)).toString('hex')
    return { ok: true, size: tree.size, root, checkpointCount, signedSize, levels }
  })
}

async function verifyCheckpoints(
  db: Kysely<LedgerSchema>,
  keysDirectory: string,
  tree: MemoryTree,
  findings: Finding[],
): Promise<{ checkpointCount: number; signedSize: number }> {
  const rows = await db.selectFrom('checkpoints').selectAll().orderBy('tree_size').execute()
  const verifier = findVerifier(keysDirectory)
  const lastNote = findLastSigned(keysDirectory)
  if (verifier === undefined) {
    if (rows.length > 0 || lastNote !== undefined) {
      findings.push({ where: 'keys', what: `there are checkpoints but no verifier key in ${keysDirectory}` })
    }
    return { checkpointCount: rows.length, signedSize: 0 }
  }
  if (lastNote === undefined && rows.length > 0) {
    findings.push({
      where: 'keys',
      what: 'there are checkpoints but the memory of the last one beside the key is gone',
    })
  }
  let signedSize = 0
  for (const row of rows) {
    const where = `checkpoints ${row.tree_size}`
    const head = await openOrFind(row.note, verifier, where, findings)
    if (head === undefined) continue
    const signatureLines = row.note
      .slice(row.note.lastIndexOf('\n\n') + 2)
      .trimEnd()
      .split('\n')
    const saysTheSame = head.size === row.tree_size && head.root.toString('hex') === row.root_sha256
    if (!saysTheSame || signatureLines.length !== 1) {
      findings.push({ where, what: 'the row says something else than the note that was signed' })
      continue
    }
    if (await holds(head, tree, where, findings)) signedSize = Math.max(signedSize, head.size)
  }
  if (lastNote !== undefined) {
    const where = 'keys checkpoint.last'
    const head = await openOrFind(lastNote, verifier, where, findings)
    if (head !== undefined && (await holds(head, tree, where, findings))) signedSize = Math.max(signedSize, head.size)
  }
  return { checkpointCount: rows.length, signedSize }
}

async function verifyKept(
  kept: readonly string[],
  keysDirectory: string,
  tree: MemoryTree,
  findings: Finding[],
): Promise<void> {
  const verifier = findVerifier(keysDirectory)
  for (const [index, note] of kept.entries()) {
    const where = `kept checkpoint ${index + 1}`
    if (verifier === undefined) {
      findings.push({ where, what: `there is no verifier key in ${keysDirectory} to check it with` })
      continue
    }
    const head = await openOrFind(note, verifier, where, findings)
    if (head !== undefined) await holds(head, tree, where, findings)
  }
}

async function openOrFind(
  note: string,
  verifier: NoteVerifier,
  where: string,
  findings: Finding[],
): Promise<TreeHead | undefined> {
  try {
    return openCheckpoint(note, verifier)
  } catch (error) {
    findings.push({ where, what: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}

async function holds(head: TreeHead, tree: MemoryTree, where: string, findings: Finding[]): Promise<boolean> {
  if (head.size > tree.size) {
    findings.push({
      where,
      what: `${head.size} events were signed but only ${tree.size} are left: events ${tree.size} to ${head.size - 1} were cut off`,
    })
    return false
  }
  if (!head.root.equals(await treeRoot(tree.read, head.size))) {
    findings.push({ where, what: `the first ${head.size} events are not the ones that were signed` })
    return false
  }
  return true
}
