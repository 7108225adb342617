import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import { canonicalJson, type PlainJson, sha256Hex } from './canonical-json.ts'

/** Tables whose every row is vouched for by the last event that wrote it, with their key columns. */
export const governedTables = {
  users: ['user_id'],
  interaction_types: ['interaction_type'],
  type_facts: ['version', 'interaction_type'],
  policies: ['policy_version'],
  policy_drafts: ['draft_id'],
  policy_approvals: ['draft_id', 'approver_id'],
  policy_withdrawals: ['draft_id'],
  reviews: ['review_month'],
  review_types: ['review_month', 'interaction_type'],
  evidence: ['evidence_id'],
  proposals: ['proposal_id'],
  trip_wires: ['trip_wire_id'],
  proposal_withdrawals: ['proposal_id'],
  votes: ['vote_id'],
  review_openings: ['review_month', 'opener_id', 'subject', 'interaction_type'],
  trainings: ['user_id', 'sequence'],
  decisions: ['decision_id'],
  stop_approvals: ['decision_id'],
  level_intervals: ['interval_id'],
  api_tokens: ['token_id'],
} as const satisfies Partial<Record<keyof LedgerSchema, readonly string[]>>

export type GovernedTable = keyof typeof governedTables
export type GovernedRow = Readonly<Record<string, string | number | null>>

/** The key as written in the trail: the key columns joined by a slash (only the last may hold one itself). */
export function keyOf(table: GovernedTable, row: GovernedRow): string {
  return governedTables[table].map((column) => String(row[column])).join('/')
}

/** SHA-256 of the canonical JSON of the whole row, every column by name. */
export function rowSha256(row: GovernedRow): string {
  return sha256Hex(canonicalJson(row as PlainJson))
}

/** Reads one governed row by its key columns; undefined when there is none. */
export async function findGovernedRow(
  db: Kysely<LedgerSchema>,
  table: GovernedTable,
  key: readonly (string | number)[],
): Promise<GovernedRow | undefined> {
  let query = db.selectFrom(table as 'users').selectAll()
  for (const [index, column] of governedTables[table].entries()) {
    query = query.where(column as 'user_id', '=', key[index] as string)
  }
  return (await query.executeTakeFirst()) as GovernedRow | undefined
}

/** All rows of one governed table in the order of their keys. */
export async function listGovernedRows(db: Kysely<LedgerSchema>, table: GovernedTable): Promise<GovernedRow[]> {
  let query = db.selectFrom(table as 'users').selectAll()
  for (const column of governedTables[table]) query = query.orderBy(column as 'user_id')
  return (await query.execute()) as unknown as GovernedRow[]
}
