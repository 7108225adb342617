import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** Refused rows of one file, over all loads that read it. */
export interface QuarantinedFile {
  sourceFile: string
  source: string
  rowCount: number
  ruleCount: number
  loadCount: number
}

/** Refused rows of one load. */
export interface QuarantinedLoad {
  loadId: string
  source: string
  startedAt: Date
  rowCount: number
  ruleCount: number
  /** All rows that it read. */
  readCount: number
}

/** Where refused rows came from, the file with the most first. */
export async function listQuarantinedFiles(db: Kysely<WarehouseSchema>): Promise<QuarantinedFile[]> {
  const rows = await db
    .selectFrom('quarantine')
    .innerJoin('loads', 'loads.load_id', 'quarantine.load_id')
    .select(['quarantine.source_file', 'loads.source'])
    .select((eb) => [
      eb.fn.countAll<number>().as('row_count'),
      eb.fn.count<number>('quarantine.rule').distinct().as('rule_count'),
      eb.fn.count<number>('quarantine.load_id').distinct().as('load_count'),
    ])
    .groupBy(['quarantine.source_file', 'loads.source'])
    .orderBy('row_count', 'desc')
    .orderBy('quarantine.source_file')
    .execute()
  return rows.map((row) => ({
    sourceFile: row.source_file,
    source: row.source,
    rowCount: Number(row.row_count),
    ruleCount: Number(row.rule_count),
    loadCount: Number(row.load_count),
  }))
}

/** Which loads refused rows, newest first. */
export async function listQuarantinedLoads(db: Kysely<WarehouseSchema>): Promise<QuarantinedLoad[]> {
  const [refused, read] = [
    await db
      .selectFrom('quarantine')
      .innerJoin('loads', 'loads.load_id', 'quarantine.load_id')
      .select(['quarantine.load_id', 'loads.source', 'loads.started_at'])
      .select((eb) => [
        eb.fn.countAll<number>().as('row_count'),
        eb.fn.count<number>('quarantine.rule').distinct().as('rule_count'),
      ])
      .groupBy(['quarantine.load_id', 'loads.source', 'loads.started_at'])
      .orderBy('loads.started_at', 'desc')
      .orderBy('quarantine.load_id', 'desc')
      .execute(),
    await db
      .selectFrom('load_counts')
      .select('load_id')
      .select((eb) => eb.fn.sum<number>('read_count').as('read_count'))
      .groupBy('load_id')
      .execute(),
  ]
  const readCounts = new Map(read.map((row) => [row.load_id, Number(row.read_count)]))
  return refused.map((row) => ({
    loadId: row.load_id,
    source: row.source,
    startedAt: row.started_at,
    rowCount: Number(row.row_count),
    ruleCount: Number(row.rule_count),
    readCount: readCounts.get(row.load_id) ?? 0,
  }))
}
