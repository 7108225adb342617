import type { DuckDBConnection } from '@duckdb/node-api'
import { utcText } from './declared-column.ts'

/** What mappings may call besides the engine's own functions. All give text in the contract's spelling. */
const functions = {
  /** A local time as text, in a zone. What does not read stays as it is and ends in quarantine. */
  local_instant: {
    parameters: 'value, format, zone',
    sql: `coalesce(${utcText('timezone(zone, try_strptime(value, format))')}, value)`,
  },
  /** Seconds since 1970. What is no number stays as it is. */
  unix_instant: {
    parameters: 'value',
    sql: `CASE WHEN try_cast(value AS DOUBLE) IS NULL THEN CAST(value AS VARCHAR)
      ELSE ${utcText('to_timestamp(try_cast(value AS DOUBLE))')} END`,
  },
}

/** Creates the functions for mappings in the schema of the raw relations. */
export async function createMappingFunctions(connection: DuckDBConnection, schema: string): Promise<void> {
  for (const [name, { parameters, sql }] of Object.entries(functions)) {
    await connection.run(`CREATE MACRO ${schema}.${name}(${parameters}) AS ${sql}`)
  }
}
