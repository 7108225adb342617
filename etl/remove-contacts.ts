import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { countOf } from './sql-step.ts'

export interface RemovedContact {
  source: string
  interactionId: string
}

/** Removes what a killed removal left behind. Only under the lock of loads. */
export function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.startsWith('erasing-')) rmSync(join(directory, name), { force: true })
  }
}

/** How many contacts of a snapshot the condition on interactions holds for. */
export async function countContacts(file: string, condition: string): Promise<number> {
  const warehouse = await openWarehouse(file, { mode: 'read' })
  try {
    return await countOf(warehouse.connection(), `SELECT count(*) FROM interactions WHERE ${condition}`)
  } finally {
    await warehouse.close()
  }
}

/**
 * Removes the contacts for which the SQL condition on interactions holds from a snapshot, with every row that names one
 * of them, or one of `others`. The file is written anew, since deleted bytes would stay in it, and takes the old one's
 * place atomically. `alsoRun` are further statements on the copy. Returns the contacts that were there; null when the file
 * holds nothing of them and was left as it is.
 */
export async function removeContacts(
  file: string,
  directory: string,
  {
    condition,
    others = [],
    alsoRun = [],
  }: { condition: string; others?: readonly RemovedContact[]; alsoRun?: readonly string[] },
): Promise<RemovedContact[] | null> {
  const working = join(directory, 'erasing-from.duckdb')
  const clean = join(directory, 'erasing-to.duckdb')
  const both = [working, `${working}.wal`, clean, `${clean}.wal`]
  for (const path of both) rmSync(path, { force: true })
  if ((await countContacts(file, condition)) === 0 && !(await isNamed(file, others))) return null
  try {
    copyFileSync(file, working)
    const warehouse = await openWarehouse(working, { mode: 'write' })
    let removed: RemovedContact[]
    try {
      const connection = warehouse.connection()
      removed = await deleteRows(connection, condition, others)
      for (const sql of alsoRun) await connection.run(sql)
      await connection.run(`ATTACH ${sqlLiteral(clean)} AS clean`)
      await connection.run('COPY FROM DATABASE "erasing-from" TO clean')
      await connection.run('DETACH clean')
    } finally {
      await warehouse.close()
    }
    await sync(clean)
    renameSync(clean, file)
    await sync(directory)
    return removed
  } finally {
    for (const path of both) rmSync(path, { force: true })
  }
}

export function contactKey({ source, interactionId }: RemovedContact): string {
  return `${source}\n${interactionId}`
}

/** Those of the contacts, by key, that a snapshot holds and for which the SQL condition on interactions holds. */
export async function listHeldContacts(
  files: readonly string[],
  contacts: readonly RemovedContact[],
  condition: string,
): Promise<Set<string>> {
  const held = new Set<string>()
  if (contacts.length === 0) return held
  for (const file of files) {
    const warehouse = await openWarehouse(file, { mode: 'read' })
    try {
      const reader = await warehouse.connection().runAndReadAll(`SELECT source, interaction_id FROM interactions
        WHERE (source, interaction_id) IN (VALUES ${valuesOf(contacts)}) AND ${condition}`)
      for (const each of contactsIn(reader.getRows())) held.add(contactKey(each))
    } finally {
      await warehouse.close()
    }
  }
  return held
}

/** Whether a row of the snapshot names one of the contacts. */
async function isNamed(file: string, contacts: readonly RemovedContact[]): Promise<boolean> {
  if (contacts.length === 0) return false
  const warehouse = await openWarehouse(file, { mode: 'read' })
  try {
    const connection = warehouse.connection()
    for (const table of await tablesOfContacts(connection)) {
      const isOfThem = `(source, interaction_id) IN (VALUES ${valuesOf(contacts)})`
      if ((await countOf(connection, `SELECT count(*) FROM ${table} WHERE ${isOfThem}`)) > 0) return true
    }
    return false
  } finally {
    await warehouse.close()
  }
}

async function deleteRows(
  connection: DuckDBConnection,
  condition: string,
  others: readonly RemovedContact[],
): Promise<RemovedContact[]> {
  await connection.run(`CREATE TEMP TABLE removed AS
    SELECT source, interaction_id FROM interactions WHERE ${condition}
    ${others.length === 0 ? '' : `UNION VALUES ${valuesOf(others)}`}`)
  const reader = await connection.runAndReadAll(`SELECT source, interaction_id FROM interactions
    WHERE (source, interaction_id) IN (SELECT source, interaction_id FROM removed)`)
  for (const table of await tablesOfContacts(connection)) {
    await connection.run(`DELETE FROM ${table}
      WHERE (source, interaction_id) IN (SELECT source, interaction_id FROM removed)`)
  }
  // Or the same files would count as loaded, although rows of them are gone.
  await connection.run('DELETE FROM load_runs')
  return contactsIn(reader.getRows())
}

function contactsIn(rows: readonly (readonly unknown[])[]): RemovedContact[] {
  return rows.map(([source, contact]) => ({ source: String(source), interactionId: String(contact) }))
}

function valuesOf(contacts: readonly RemovedContact[]): string {
  return contacts.map((each) => `(${sqlLiteral(each.source)}, ${sqlLiteral(each.interactionId)})`).join(', ')
}

/** Every table whose rows name a contact, waiting rows included. */
async function tablesOfContacts(connection: DuckDBConnection): Promise<string[]> {
  // Views follow the tables under them.
  const tables = await connection.runAndReadAll(`SELECT columns.table_name
    FROM duckdb_columns() columns JOIN duckdb_tables() tables USING (database_name, schema_name, table_name)
    WHERE NOT columns.internal AND columns.database_name = current_database() AND columns.schema_name = 'main'
      AND columns.column_name IN ('source', 'interaction_id')
    GROUP BY columns.table_name HAVING count(*) = 2`)
  return tables.getRows().map(([table]) => sqlIdentifier(String(table)))
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
