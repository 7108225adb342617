import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { listSnapshots } from '#models/warehouse/prune-snapshots.ts'
import { startSnapshot } from '#models/warehouse/snapshots.ts'
import { addErased, erasedContactHash, erasedCustomerHash } from './erased-customers.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { countOf } from './sql-step.ts'

export interface Erasure {
  /** Snapshots that held the person and were written anew. */
  snapshotCount: number
  /** Contacts of the person in the newest of them. */
  contactCount: number
  /** Lines with raw values that were removed from files of rejects. */
  rejectCount: number
}

interface ErasedContact {
  source: string
  interactionId: string
}

/**
 * Removes the rows of a customer from every kept snapshot: contacts, what hangs on them, and waiting rows. Each file is
 * written anew, since deleted bytes would stay in it, and takes the old one's place atomically; readers that have the
 * old one open keep it until they close. Aggregates stay. `identifiers` are the forms under which the customer may be
 * stored. Keyed hashes of them and of their contacts are kept, so that no later load brings them back. Rebuild and
 * publish afterwards. Throws conflict while a load runs.
 */
export async function eraseCustomer(
  home: { warehouseDirectory: string; rejectsDirectory: string },
  identifiers: readonly string[],
  key: Buffer,
): Promise<Erasure> {
  const erasure: Erasure = { snapshotCount: 0, contactCount: 0, rejectCount: 0 }
  // The lock of loads: nobody copies a snapshot while it is written anew.
  const lock = await startSnapshot(home.warehouseDirectory)
  rmSync(lock.file, { force: true })
  try {
    for (const name of readdirSync(home.warehouseDirectory)) {
      if (name.startsWith('erasing-')) rmSync(join(home.warehouseDirectory, name), { force: true })
    }
    // First, so that a load after a crash in the middle brings nobody back.
    const customers = identifiers.map((each) => erasedCustomerHash(each, key))
    await addErased(home.warehouseDirectory, customers)
    const contacts = new Set<string>()
    for (const { file } of listSnapshots(home.warehouseDirectory)) {
      const found = await eraseFromSnapshot(file, home.warehouseDirectory, identifiers)
      if (found.length === 0) continue
      erasure.snapshotCount += 1
      erasure.contactCount = found.length
      const hashes = found.map((contact) => erasedContactHash(contact, key))
      await addErased(home.warehouseDirectory, hashes)
      for (const { interactionId } of found) contacts.add(interactionId)
    }
    erasure.rejectCount = eraseFromRejects(home.rejectsDirectory, new Set([...identifiers, ...contacts]))
    return erasure
  } finally {
    lock.release()
  }
}

/** Returns the contacts that were found, none when the file was left as it is. */
async function eraseFromSnapshot(
  file: string,
  directory: string,
  identifiers: readonly string[],
): Promise<ErasedContact[]> {
  const working = join(directory, 'erasing-from.duckdb')
  const clean = join(directory, 'erasing-to.duckdb')
  for (const path of [working, `${working}.wal`, clean, `${clean}.wal`]) rmSync(path, { force: true })
  const isHeldBy = `customer_id IN (${identifiers.map(sqlLiteral).join(', ')})`
  try {
    const reader = await openWarehouse(file, { mode: 'read' })
    try {
      const count = await countOf(reader.connection(), `SELECT count(*) FROM interactions WHERE ${isHeldBy}`)
      if (count === 0) return []
    } finally {
      await reader.close()
    }
    copyFileSync(file, working)
    const warehouse = await openWarehouse(working, { mode: 'write' })
    let found: ErasedContact[]
    try {
      const connection = warehouse.connection()
      found = await deleteRows(connection, isHeldBy)
      await connection.run(`ATTACH ${sqlLiteral(clean)} AS clean`)
      await connection.run('COPY FROM DATABASE "erasing-from" TO clean')
      await connection.run('DETACH clean')
    } finally {
      await warehouse.close()
    }
    await sync(clean)
    renameSync(clean, file)
    await sync(directory)
    return found
  } finally {
    for (const path of [working, `${working}.wal`, clean, `${clean}.wal`]) rmSync(path, { force: true })
  }
}

async function deleteRows(connection: DuckDBConnection, isHeldBy: string): Promise<ErasedContact[]> {
  await connection.run(`CREATE TEMP TABLE erased AS
    SELECT source, interaction_id FROM interactions WHERE ${isHeldBy}`)
  const tables = await connection.runAndReadAll(`SELECT table_name FROM duckdb_columns()
    WHERE NOT internal AND database_name = current_database() AND schema_name = 'main'
      AND column_name IN ('source', 'interaction_id')
    GROUP BY table_name HAVING count(*) = 2`)
  for (const [table] of tables.getRows()) {
    await connection.run(`DELETE FROM ${sqlIdentifier(String(table))}
      WHERE (source, interaction_id) IN (SELECT source, interaction_id FROM erased)`)
  }
  // Or the same files would count as loaded, although rows of them are gone.
  await connection.run('DELETE FROM load_runs')
  const reader = await connection.runAndReadAll('SELECT source, interaction_id FROM erased')
  return reader.getRows().map(([source, contact]) => ({ source: String(source), interactionId: String(contact) }))
}

/** Removes the lines that hold one of the identifiers as a whole value. Returns how many. */
function eraseFromRejects(directory: string, identifiers: ReadonlySet<string>): number {
  if (!existsSync(directory)) return 0
  let removed = 0
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.ndjson'))) {
    const path = join(directory, name)
    const lines = readFileSync(path, 'utf8').split('\n')
    const kept = lines.filter((line) => !holds(line, identifiers))
    if (kept.length === lines.length) continue
    removed += lines.length - kept.length
    writeFileSync(`${path}.part`, kept.join('\n'), { mode: 0o600 })
    renameSync(`${path}.part`, path)
  }
  return removed
}

function holds(line: string, identifiers: ReadonlySet<string>): boolean {
  if (line === '') return false
  const { values } = JSON.parse(line) as { values?: Record<string, unknown> }
  return Object.values(values ?? {}).some((value) => identifiers.has(String(value)))
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
