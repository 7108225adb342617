import { join } from 'node:path'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { InputFile } from './read/input-file.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'
import { createWaitingTables } from './stage-entity.ts'

/**
 * Attaches the file in which raw and checked rows lie until they are merged, and shuts the engine off from every file
 * but the inputs. Mappings run with the raw relations, not the facts, in sight. Returns the warehouse's schema.
 */
export async function openStaging(
  warehouse: Warehouse,
  workDirectory: string,
  prepared: readonly { input: InputFile }[],
): Promise<string> {
  const connection = warehouse.connection()
  const reader = await connection.runAndReadAll('SELECT current_database(), current_schema()')
  const main = (reader.getRows()[0] ?? []).map((part) => sqlIdentifier(String(part))).join('.')
  await createWaitingTables(connection, main)
  await connection.run(`SET temp_directory = ${sqlLiteral(join(workDirectory, 'spill'))}`)
  // Nobody reads the file again after a crash, so it needs no log.
  await connection.run(
    `ATTACH ${sqlLiteral(join(workDirectory, 'staging.duckdb'))} AS staging (RECOVERY_MODE NO_WAL_WRITES)`,
  )
  await connection.run('CREATE SCHEMA staging.raw; CREATE SCHEMA staging.stage')
  await connection.run('CREATE TABLE staging.stage.lines (source_file VARCHAR, source_row BIGINT, source_line BIGINT)')
  // Counts rows without printing anything itself.
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false')
  await connection.run(`SET allowed_paths = [${prepared.map(({ input }) => sqlLiteral(input.path)).join(', ')}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('USE staging.raw')
  return main
}

/** Lets go of the staged rows and returns to the facts. */
export async function closeStaging(warehouse: Warehouse, main: string): Promise<void> {
  const connection = warehouse.connection()
  await connection.run(`USE ${main}`)
  // Detaching writes down what is there, for nobody.
  await connection.run('DROP SCHEMA staging.raw CASCADE; DROP SCHEMA staging.stage CASCADE')
  await connection.run('DETACH staging')
}
