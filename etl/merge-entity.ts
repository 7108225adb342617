import type { DuckDBConnection } from '@duckdb/node-api'
import { entityColumns, lineageColumns } from '#models/contract/columns.ts'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { compareEntity, fateTable, matchTable } from './compare-entity.ts'
import { sqlIdentifier } from './sql-literal.ts'
import { countOf } from './sql-step.ts'
import { contractColumns, type Stage, waitingTable } from './stage-entity.ts'

const lineage = lineageColumns.map(({ name }) => name)

export interface MergeCounts {
  read: number
  loaded: number
  unchanged: number
  superseded: number
  quarantined: number
  /** Orphans of earlier loads that were tried again, and those of them whose interaction is there now. */
  retried: number
  recovered: number
}

/**
 * Brings the staged rows of one entity into the facts of the warehouse being built: replaces by natural key, keeps
 * orphans waiting, tries earlier orphans again. Idempotent: the same rows again change nothing. An adopted stage
 * becomes the facts only with `adoptStage`, when nobody needs its refused rows any more.
 */
export async function mergeEntity(connection: DuckDBConnection, main: string, stage: Stage): Promise<MergeCounts> {
  const { entity } = stage
  const facts = `${main}.${sqlIdentifier(entity)}`
  const fate = fateTable(entity)
  const columns = [...contractColumns(entity), ...lineage].map(sqlIdentifier).join(', ')
  const incoming = (condition: string) => `(${columns}) SELECT ${columns}
    FROM ${stage.table} s JOIN ${fate} fate ON fate.row_id = s.rowid WHERE ${condition}`
  const isChild = entities[entity].parent !== null

  await compareEntity(connection, main, stage)
  const retry = isChild ? await retryWaiting(connection, main, stage) : { retried: 0, recovered: 0 }

  if (!stage.isAdopted) {
    const changed = `SELECT match.fact_id FROM ${matchTable(entity)} match JOIN ${fate} fate USING (row_id)
      WHERE fate.fate = 'changed'`
    await noteReplaced(connection, main, entity, `fact.rowid IN (${changed})`)
    await connection.run(`DELETE FROM ${facts} WHERE rowid IN (${changed})`)
    await connection.run(`INSERT INTO ${facts} ${incoming("fate.fate IN ('new', 'changed')")}`)
  }
  if (isChild) {
    await connection.run(`INSERT INTO ${main}.${waitingTable(entity)} ${incoming("fate.fate = 'orphan'")}`)
  }

  const reader = await connection.runAndReadAll(`SELECT fate, count(*) FROM ${fate} GROUP BY fate`)
  const fates = new Map(reader.getRows().map(([name, count]) => [String(name), Number(count)]))
  const sum = (...names: string[]) => names.reduce((total, name) => total + (fates.get(name) ?? 0), 0)
  const read = await countOf(connection, `SELECT count(*) FROM ${stage.table}`)
  return {
    read,
    // Every row of an adopted stage is new unless its fate says otherwise.
    loaded: stage.isAdopted ? read - sum(...fates.keys()) : sum('new', 'changed'),
    unchanged: sum('unchanged'),
    superseded: sum('superseded'),
    quarantined: sum('faulty', 'conflicting', 'orphan'),
    ...retry,
  }
}

/** Makes the staged rows the facts where there were none: what is not to be loaded goes, the rest is never copied. */
export async function adoptStage(
  connection: DuckDBConnection,
  main: string,
  { entity, table }: Stage,
  loadedCount: number,
): Promise<void> {
  if (loadedCount === 0) {
    await connection.run(`DROP TABLE ${table}`)
    return
  }
  await connection.run(`DELETE FROM ${table} WHERE rowid IN (SELECT row_id FROM ${fateTable(entity)})`)
  await connection.run(`ALTER TABLE ${table} DROP COLUMN given`)
  await connection.run(`ALTER TABLE ${table} DROP COLUMN fault`)
  const required = entityColumns(entity).filter(({ isRequired }) => isRequired)
  for (const column of [...required.map(({ name }) => name), ...lineage]) {
    await connection.run(`ALTER TABLE ${table} ALTER COLUMN ${sqlIdentifier(column)} SET NOT NULL`)
  }
  await connection.run(`DROP TABLE ${main}.${sqlIdentifier(entity)}`)
  await connection.run(`ALTER TABLE ${table} RENAME TO ${sqlIdentifier(entity)}`)
}

/** Notes facts as they are before they go, so that the models know what a load touched. */
async function noteReplaced(
  connection: DuckDBConnection,
  main: string,
  entity: EntityName,
  condition: string,
): Promise<void> {
  if (!('interaction_id' in entities[entity].schema.shape)) return
  const [customer, start] = entity === 'interactions' ? ['customer_id', 'started_at'] : ['NULL', 'NULL']
  await connection.run(`INSERT INTO ${main}.replaced_facts
    SELECT '${entity}', source, interaction_id, ${customer}, ${start} FROM ${main}.${sqlIdentifier(entity)} AS fact
    WHERE ${condition}`)
}

/** Waiting orphans: a newer version in this load takes their place; the others become facts when their parent is there. */
async function retryWaiting(
  connection: DuckDBConnection,
  main: string,
  { entity, table, isAdopted }: Stage,
): Promise<{ retried: number; recovered: number }> {
  const key = sqlIdentifier(entities[entity].key)
  const facts = `${main}.${sqlIdentifier(entity)}`
  const waiting = `${main}.${waitingTable(entity)}`
  // There is nothing waiting where a stage is adopted.
  if (isAdopted) return { retried: 0, recovered: 0 }
  await connection.run(`DELETE FROM ${waiting} AS waiting USING ${table} s, ${fateTable(entity)} fate
    WHERE fate.row_id = s.rowid AND fate.fate IN ('new', 'changed', 'unchanged', 'orphan')
      AND waiting.source = s.source AND waiting.${key} = s.${key}`)
  const retried = await countOf(connection, `SELECT count(*) FROM ${waiting}`)
  if (retried === 0) return { retried, recovered: 0 }
  const hasParent = `EXISTS (FROM ${main}.interactions parent
    WHERE parent.source = waiting.source AND parent.interaction_id = waiting.interaction_id)`
  const recovered = await countOf(connection, `SELECT count(*) FROM ${waiting} AS waiting WHERE ${hasParent}`)
  await noteReplaced(
    connection,
    main,
    entity,
    `EXISTS (FROM ${waiting} AS waiting
      WHERE fact.source = waiting.source AND fact.${key} = waiting.${key} AND ${hasParent})`,
  )
  await connection.run(`DELETE FROM ${facts} AS fact USING ${waiting} AS waiting
    WHERE fact.source = waiting.source AND fact.${key} = waiting.${key} AND ${hasParent}`)
  await connection.run(`INSERT INTO ${facts} BY NAME SELECT * FROM ${waiting} AS waiting WHERE ${hasParent}`)
  await connection.run(`DELETE FROM ${waiting} AS waiting WHERE ${hasParent}`)
  return { retried, recovered }
}
