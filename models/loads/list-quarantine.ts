import type { Kysely } from 'kysely'
import { inBatches } from '../in-batches.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

export interface QuarantineFilter {
  loadId?: string | undefined
  entity?: string | undefined
  rule?: string | undefined
  field?: string | undefined
  sourceFile?: string | undefined
}

/** One refused row: where it stands and what is wrong with it. Its values are not in the warehouse. */
export interface QuarantinedRow {
  loadId: string
  source: string
  loadedAt: Date
  entity: string
  rule: string
  field: string | null
  sourceFile: string
  sourceRow: number
  /** Line of a text file on which it begins; null elsewhere. */
  sourceLine: number | null
  message: string
}

/** Rows that one rule refused for one reason. */
export interface QuarantineReasonCount {
  entity: string
  rule: string
  field: string | null
  message: string
  rowCount: number
  loadCount: number
}

/** Refused rows of the filter, newest load first, then by file and row. Pages count from 1. */
export async function listQuarantine(
  db: Kysely<WarehouseSchema>,
  filter: QuarantineFilter & { page: number; pageSize: number },
): Promise<{ rows: QuarantinedRow[]; total: number }> {
  const counted = await filtered(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('row_count'))
    .executeTakeFirst()
  const rows = await inOrder(db, filter)
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .execute()
  return { total: Number(counted?.row_count ?? 0), rows: rows.map(quarantinedRow) }
}

/** All of them in the same order, in batches; the warehouse must stay open until the last. */
export async function* streamQuarantine(
  db: Kysely<WarehouseSchema>,
  filter: QuarantineFilter,
  batchSize = 2000,
): AsyncGenerator<QuarantinedRow[]> {
  for await (const batch of inBatches(inOrder(db, filter).stream(), batchSize)) yield batch.map(quarantinedRow)
}

function inOrder(db: Kysely<WarehouseSchema>, filter: QuarantineFilter) {
  return filtered(db, filter)
    .selectAll('quarantine')
    .select(['loads.source', 'loads.started_at'])
    .orderBy('loads.started_at', 'desc')
    .orderBy('quarantine.load_id')
    .orderBy('quarantine.entity')
    .orderBy('quarantine.source_file')
    .orderBy('quarantine.source_row')
}

function quarantinedRow(row: WarehouseSchema['quarantine'] & { source: string; started_at: Date }): QuarantinedRow {
  return {
    loadId: row.load_id,
    source: row.source,
    loadedAt: row.started_at,
    entity: row.entity,
    rule: row.rule,
    field: row.field,
    sourceFile: row.source_file,
    sourceRow: row.source_row,
    // Snapshots of older versions lack it.
    sourceLine: row.source_line ?? null,
    message: row.message,
  }
}

/** Why rows were refused, the most frequent reason first. */
export async function listQuarantineReasons(
  db: Kysely<WarehouseSchema>,
  filter: QuarantineFilter = {},
): Promise<QuarantineReasonCount[]> {
  const rows = await filtered(db, filter)
    .select(['quarantine.entity', 'quarantine.rule', 'quarantine.field', 'quarantine.message'])
    .select((eb) => [
      eb.fn.countAll<number>().as('row_count'),
      eb.fn.count<number>('quarantine.load_id').distinct().as('load_count'),
    ])
    .groupBy(['quarantine.entity', 'quarantine.rule', 'quarantine.field', 'quarantine.message'])
    .orderBy('row_count', 'desc')
    .orderBy('quarantine.entity')
    .orderBy('quarantine.rule')
    .orderBy('quarantine.field')
    .execute()
  return rows.map((row) => ({
    entity: row.entity,
    rule: row.rule,
    field: row.field,
    message: row.message,
    rowCount: Number(row.row_count),
    loadCount: Number(row.load_count),
  }))
}

function filtered(db: Kysely<WarehouseSchema>, { loadId, entity, rule, field, sourceFile }: QuarantineFilter) {
  let query = db.selectFrom('quarantine').innerJoin('loads', 'loads.load_id', 'quarantine.load_id')
  if (loadId !== undefined) query = query.where('quarantine.load_id', '=', loadId)
  if (entity !== undefined) query = query.where('quarantine.entity', '=', entity)
  if (rule !== undefined) query = query.where('quarantine.rule', '=', rule)
  if (field !== undefined) query = query.where('quarantine.field', '=', field)
  if (sourceFile !== undefined) query = query.where('quarantine.source_file', '=', sourceFile)
  return query
}
