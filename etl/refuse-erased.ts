import { type DuckDBConnection, listValue } from '@duckdb/node-api'
import { entities } from '#models/contract/entities.ts'
import { erasedHashSql } from './erased-customers.ts'
import { type RowRule, type Stage, waitingTable } from './stage-entity.ts'

/** Rows that it refuses do not count towards the share at which a load fails: the file is as sound as before. */
export const erasedRule: RowRule = {
  rule: 'erased_customer',
  field: null,
  message: 'belongs to a customer who was erased; its values are kept nowhere',
}

const hashes = 'staging.stage.erased_hashes'
const contacts = 'staging.stage.erased_contacts'

/** Lays the hashes of the erased beside the staged rows. */
export async function prepareErased(connection: DuckDBConnection, erased: readonly string[]): Promise<void> {
  await connection.run(`CREATE TABLE ${hashes} AS SELECT unnest($1::VARCHAR[]) AS hash`, [listValue(erased)])
  await connection.run(`CREATE TABLE ${contacts} (source VARCHAR, interaction_id VARCHAR, hash VARCHAR)`)
}

/**
 * Refuses the staged rows of erased customers, rows at fault for another reason too, since those would keep their
 * values. What hangs on their contacts is refused with them, and what waited for these is let go.
 */
export async function refuseErased(connection: DuckDBConnection, main: string, stage: Stage): Promise<Stage> {
  const { entity, table } = stage
  const fault = stage.rules.length
  const refuse = (condition: string) =>
    connection.run(`UPDATE ${table} SET fault = ${fault}, given = '{}' WHERE ${condition}`)
  if (entity === 'interactions') {
    await refuse(`${erasedHashSql.customer} IN (FROM ${hashes}) OR ${erasedHashSql.contact} IN (FROM ${hashes})`)
    await connection.run(`INSERT INTO ${contacts} SELECT source, interaction_id, ${erasedHashSql.contact}
      FROM ${table} WHERE fault = ${fault} AND source IS NOT NULL AND interaction_id IS NOT NULL`)
  } else if (entities[entity].parent !== null) {
    await refuse(`(source, interaction_id) IN (SELECT (source, interaction_id) FROM ${contacts})
      OR ${erasedHashSql.contact} IN (FROM ${hashes})`)
    await connection.run(`DELETE FROM ${main}.${waitingTable(entity)}
      WHERE (source, interaction_id) IN (SELECT (source, interaction_id) FROM ${contacts})`)
  } else return stage
  return { ...stage, rules: [...stage.rules, erasedRule] }
}

/** Hashes of the contacts that this load brought of erased customers. */
export async function listRefusedContacts(connection: DuckDBConnection): Promise<string[]> {
  const reader = await connection.runAndReadAll(`SELECT DISTINCT hash FROM ${contacts}`)
  return reader.getRows().map(([hash]) => String(hash))
}
