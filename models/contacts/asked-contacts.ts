import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** A table of contacts, keyed by (source, interaction_id), to which a stage is narrowed; undefined: all contacts. */
export type AskedContacts = string

type Child = 'qa_reviews' | 'escalations' | 'csat_responses'

/** The row hangs on one of the asked contacts. */
export function isAsked<T extends Child>(
  eb: ExpressionBuilder<WarehouseSchema, T>,
  among: AskedContacts | undefined,
): Expression<SqlBool> {
  const plain = eb as unknown as ExpressionBuilder<WarehouseSchema, 'qa_reviews'>
  if (among === undefined) return plain.lit(true)
  return plain(
    plain.refTuple('source', 'interaction_id'),
    'in',
    plain
      .selectFrom(among as 'interactions')
      .select(['source', 'interaction_id'])
      .$asTuple('source', 'interaction_id'),
  )
}
