import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { openStaging } from './open-staging.ts'
import { createPostgresViews } from './read/create-postgres-views.ts'
import { defaultReadLimits } from './read/input-file.ts'
import type { PostgresAccess } from './read/postgres-session.ts'
import { type ReadPostgresRelation, readPostgresRelations } from './read/read-postgres-relations.ts'
import { prepareFiles, readRelations, refuseDamagedFiles } from './read-files.ts'
import { defaultMappingLimits } from './run-mapping.ts'
import { findPersonalData } from './scan-personal-data.ts'
import { relationNames, type SourceFolder } from './source-folder.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { countOf } from './sql-step.ts'
import { contractColumns, describeMapping, type RowRule, type Stage, stageEntity } from './stage-entity.ts'

/** Rows of a mapping's result that one rule would refuse. */
interface CheckedFault extends RowRule {
  count: number
  sourceFile: string
  sourceRow: number
  /** The field's value as mapped, of the first such rows. */
  examples: string[]
}

/** What one mapping makes of the files. */
export interface CheckedEntity {
  entity: EntityName
  /** Why the mapping does not run; null when it does, and all that follows is empty otherwise. */
  failure: string | null
  rowCount: number
  /** Rows whose natural key another row has too. */
  sharedKeyCount: number
  faults: CheckedFault[]
  /** Why a load would be refused for personal data; null when nothing looks like it. */
  personalData: string | null
  /** Whether the mapping gives is_deleted, so that rows can be taken back. */
  isDeletionMapped: boolean
  /** Per column of the contract the number of rows with a sound value. */
  coverage: { column: string; count: number }[]
  /** The first rows, by column, without empty columns. */
  firstRows: Record<string, string>[]
}

export interface SourceCheck {
  source: string
  warnings: string[]
  absentColumns: { sourceFile: string; columns: string[] }[]
  entities: CheckedEntity[]
}

const exampleCount = 3
const longestExample = 80

/** Rows tried of a relation of PostgreSQL: tables can be large, and nothing is learned from the hundred-thousandth row. */
const triedRowCount = 100_000

/**
 * Tries a source on files without loading anything: reads them, runs every mapping and looks at the result.
 * Throws bad_input for malformed files or a file that lacks a required column, like a load.
 */
export async function checkSource(
  source: SourceFolder,
  files: readonly string[],
  options: { now: Date; firstRowCount: number; mappingMinutes: number; postgres?: PostgresAccess },
): Promise<SourceCheck> {
  const directory = mkdtempSync(join(tmpdir(), 'oversight-check-'))
  try {
    const warehouse = await openWarehouse(join(directory, 'check.duckdb'), { mode: 'write' })
    try {
      await createSchema(warehouse)
      const { prepared, warnings } =
        files.length === 0
          ? { prepared: [], warnings: [] }
          : await prepareFiles(source, files, directory, defaultReadLimits, () => {})
      const relations = await readPostgresRelations(
        warehouse.connection(),
        source,
        directory,
        options.postgres,
        async () => null,
        () => {},
        triedRowCount,
      )
      const main = await openStaging(warehouse, directory, prepared)
      const read = await readRelations(warehouse.connection(), source, prepared, defaultReadLimits, () => {})
      const views = await createPostgresViews(warehouse.connection(), relations, prepared.length)
      const cut = relations.filter(({ rowCount }) => rowCount === triedRowCount)
      const checked: CheckedEntity[] = []
      for (const mapping of source.mappings)
        checked.push(
          await checkMapping(warehouse, main, mapping, relationNames(source), {
            ...options,
            customerIds: source.customerIds,
          }),
        )
      if (checked.some(({ failure }) => failure !== null)) await refuseDamagedFiles(warehouse.connection(), prepared)
      return {
        source: source.name,
        warnings: [
          ...warnings,
          ...read.warnings,
          ...views.warnings,
          ...cut.map(({ sourceFile }) => `${sourceFile}: only its first ${triedRowCount} rows were tried.`),
          ...unseenDeletions(relations, checked),
        ],
        absentColumns: [...read.absentColumns, ...views.absentColumns],
        entities: checked,
      }
    } finally {
      await warehouse.close()
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** What is deleted in the database has no row that could be read: without a mark it would be served for ever. */
function unseenDeletions(relations: readonly ReadPostgresRelation[], checked: readonly CheckedEntity[]): string[] {
  const incremental = relations.filter(({ watermark }) => watermark !== null)
  const sound = checked.filter(({ failure }) => failure === null)
  if (incremental.length === 0 || sound.some(({ isDeletionMapped }) => isDeletionMapped)) return []
  const names = incremental.map(({ files }) => files.relation).join(', ')
  return [
    `Rows that are deleted in PostgreSQL stay loaded: no mapping gives is_deleted. Map a mark or a table of deleted rows to it where rows of ${names} can be deleted (docs/guides/sources.md).`,
  ]
}

async function checkMapping(
  warehouse: Warehouse,
  main: string,
  mapping: SourceFolder['mappings'][number],
  relations: ReadonlySet<string>,
  options: { now: Date; firstRowCount: number; mappingMinutes: number } & Pick<SourceFolder, 'customerIds'>,
): Promise<CheckedEntity> {
  const { entity } = mapping
  const checked: CheckedEntity = {
    entity,
    failure: null,
    rowCount: 0,
    sharedKeyCount: 0,
    faults: [],
    personalData: null,
    isDeletionMapped: false,
    coverage: [],
    firstRows: [],
  }
  const connection = warehouse.connection()
  let stage: Stage
  try {
    const limits = { ...defaultMappingLimits, minutes: options.mappingMinutes }
    const load = {
      loadId: 'check',
      now: options.now,
      isHashingCustomers: false,
      isScreening: false,
      isRowByRow: false,
      limits,
    }
    stage = await stageEntity(connection, warehouse.dialect, main, mapping, relations, load, () => {})
  } catch (error) {
    if (!(error instanceof OversightError)) throw error
    return { ...checked, failure: error.message }
  }
  const { table, rules } = stage
  const columns = contractColumns(entity)
  const counts = await connection.runAndReadAll(
    `SELECT count(*), ${columns.map((column) => `count(${sqlIdentifier(column)})`).join(', ')} FROM ${table}`,
  )
  const [rowCount, ...filled] = (counts.getRows()[0] ?? []).map(Number)
  const key = sqlIdentifier(entities[entity].key)
  const sharedKeyCount = await countOf(
    connection,
    `SELECT coalesce(sum(n), 0) FROM
      (SELECT count(*) AS n FROM ${table} WHERE fault IS NULL GROUP BY source, ${key} HAVING count(*) > 1)`,
  )
  const personal = await findPersonalData(connection, stage, options.customerIds === 'personal' ? ['customer_id'] : [])
  return {
    ...checked,
    rowCount: rowCount ?? 0,
    sharedKeyCount,
    faults: await findFaults(warehouse, table, rules),
    personalData: personal === null ? null : `${personal.what}. They must not enter the warehouse. ${personal.cure}`,
    isDeletionMapped: (await describeMapping(connection, mapping.sql.trimEnd().replace(/;\s*$/, ''), mapping)).has(
      'is_deleted',
    ),
    coverage: columns.map((column, index) => ({ column, count: filled[index] ?? 0 })),
    firstRows: await firstRows(warehouse, table, columns, options.firstRowCount),
  }
}

async function findFaults(warehouse: Warehouse, table: string, rules: readonly RowRule[]): Promise<CheckedFault[]> {
  const faults: CheckedFault[] = []
  const reader = await warehouse.connection().runAndReadAll(`
    SELECT fault, count(*), arg_min(source_file, (source_file, source_row)), arg_min(source_row, (source_file, source_row))
    FROM ${table} WHERE fault IS NOT NULL GROUP BY fault ORDER BY count(*) DESC, fault`)
  for (const [fault, count, sourceFile, sourceRow] of reader.getRows()) {
    const rule = rules[Number(fault)]
    if (rule === undefined) continue
    const path = sqlLiteral(`$."${rule.field}"`)
    const values = await warehouse.connection().runAndReadAll(
      `SELECT DISTINCT left(given ->> ${path}, ${longestExample}) FROM
        (SELECT given FROM ${table} WHERE fault = ${fault} ORDER BY source_file, source_row LIMIT 100)
      WHERE given ->> ${path} IS NOT NULL ORDER BY 1 LIMIT ${exampleCount}`,
    )
    faults.push({
      ...rule,
      count: Number(count),
      sourceFile: String(sourceFile),
      sourceRow: Number(sourceRow),
      examples: values.getRows().map(([value]) => String(value)),
    })
  }
  return faults
}

async function firstRows(warehouse: Warehouse, table: string, columns: readonly string[], count: number) {
  const texts = columns.map((column) => `CAST(${sqlIdentifier(column)} AS VARCHAR) AS ${sqlIdentifier(column)}`)
  const reader = await warehouse
    .connection()
    .runAndReadAll(
      `SELECT ${texts.join(', ')} FROM ${table} WHERE fault IS NULL ORDER BY source_file, source_row LIMIT ${count}`,
    )
  return reader
    .getRowObjects()
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).flatMap(([column, value]) => (value === null ? [] : [[column, String(value)]])),
      ),
    )
}
