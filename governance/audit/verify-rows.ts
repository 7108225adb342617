import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import {
  type GovernedRow,
  type GovernedTable,
  governedTables,
  keyOf,
  listGovernedRows,
  rowSha256,
} from './governed-tables.ts'
import type { Writers } from './verify-events.ts'
import type { Finding } from './verify-trail.ts'

/** Compares every governed row with the last event that wrote it, in both directions. */
export async function verifyRows(db: Kysely<LedgerSchema>, writers: Writers, findings: Finding[]): Promise<void> {
  const unseen = new Map(writers)
  for (const table of Object.keys(governedTables) as GovernedTable[]) {
    for (const row of await listGovernedRows(db, table)) {
      const key = keyOf(table, row)
      const writer = writers.get(`${table} ${key}`)
      unseen.delete(`${table} ${key}`)
      if (writer === undefined) {
        findings.push({ where: `${table} ${key}`, what: 'no event of the trail wrote this row' })
      } else if (hashOrNothing(row) !== writer.sha256) {
        findings.push({
          where: `${table} ${key}`,
          what: `the row was changed after event ${writer.seq}, the last that wrote it`,
        })
      }
    }
  }
  for (const { table, key, seq } of unseen.values()) {
    findings.push({ where: `${table} ${key}`, what: `the row that event ${seq} wrote is gone` })
  }
}

/** A tampered row may hold what cannot be hashed at all. */
function hashOrNothing(row: GovernedRow): string | undefined {
  try {
    return rowSha256(row)
  } catch {
    return undefined
  }
}
