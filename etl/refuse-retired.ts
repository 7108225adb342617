import type { DuckDBConnection } from '@duckdb/node-api'
import { type EntityName, entities } from '#models/contract/entities.ts'
import { sqlLiteral } from './sql-literal.ts'
import { type RowRule, type Stage, waitingTable } from './stage-entity.ts'

/** Rows that it refuses do not count towards the share at which a load fails: the file is as sound as before. */
export const retiredRule: RowRule = {
  rule: 'retired_contact',
  field: null,
  message: 'belongs to a contact from before the retention boundary; its values are kept nowhere',
}

const contacts = 'staging.stage.retired_contacts'

/** When the earliest of what hangs on a contact happened: never before the contact started. */
const hangingSince: Partial<Record<EntityName, string>> = {
  escalations: 'escalated_at',
  qa_reviews: 'coalesce(sampled_at, reviewed_at)',
  csat_responses: 'coalesce(offered_at, responded_at)',
}

/**
 * Refuses the staged rows of contacts that started before the retention boundary, rows at fault for another reason too,
 * since those would keep their values. What hangs on such a contact is refused with it, also when it comes by itself:
 * something from before the boundary whose contact is not among the facts. What waited for these is let go.
 */
export async function refuseRetired(
  connection: DuckDBConnection,
  main: string,
  stage: Stage,
  before: Date,
): Promise<Stage> {
  const { entity, table } = stage
  const fault = stage.rules.length
  const boundary = `TIMESTAMPTZ ${sqlLiteral(before.toISOString())}`
  const isOfRetired = `(source, interaction_id) IN (SELECT (source, interaction_id) FROM ${contacts})`
  if (entity === 'interactions') {
    await connection.run(`UPDATE ${table} SET fault = ${fault}, given = '{}' WHERE started_at < ${boundary}`)
    await connection.run(`CREATE TABLE ${contacts} AS SELECT source, interaction_id FROM ${table}
      WHERE fault = ${fault} AND source IS NOT NULL AND interaction_id IS NOT NULL
        AND (source, interaction_id) NOT IN (SELECT (source, interaction_id) FROM ${main}.interactions)`)
  } else if (entities[entity].parent !== null) {
    const isOlder = (row: string) => `(${hangingSince[entity]} < ${boundary} AND NOT EXISTS (
      FROM ${main}.interactions parent
      WHERE parent.source = ${row}.source AND parent.interaction_id = ${row}.interaction_id))`
    await connection.run(`UPDATE ${table} AS staged SET fault = ${fault}, given = '{}'
      WHERE ${isOfRetired} OR ${isOlder('staged')}`)
    await connection.run(`DELETE FROM ${main}.${waitingTable(entity)} AS waiting
      WHERE ${isOfRetired} OR ${isOlder('waiting')}`)
  } else return stage
  return { ...stage, rules: [...stage.rules, retiredRule] }
}
