import type { AliasableExpression, Kysely } from 'kysely'
import { tableColumns } from '../warehouse/table-columns.ts'
import type { ContactStageTables, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { AskedContacts } from './asked-contacts.ts'

/**
 * The rows of a stage, in the order of its columns, from what hangs on single contacts and when these began, so that
 * whoever asks about some days reads the blocks of these only. What hangs on a contact that is not there is left out.
 */
export function withStart(
  db: Kysely<WarehouseSchema>,
  stage: keyof ContactStageTables,
  hanging: AliasableExpression<{ source: string; interaction_id: string }>,
  among: AskedContacts = 'interactions',
) {
  const contactColumns = ['source', 'interaction_id', 'started_at']
  return db
    .selectFrom(`${among as 'interactions'} as c`)
    .innerJoin(hanging.as('h'), (on) =>
      on.onRef('h.source', '=', 'c.source').onRef('h.interaction_id', '=', 'c.interaction_id'),
    )
    .select(
      Object.keys(tableColumns[stage]).map(
        (column) => (contactColumns.includes(column) ? `c.${column}` : `h.${column}`) as 'c.source',
      ),
    )
}
