import { type Kysely, sql } from 'kysely'
import type { TypeEvaluation } from '../evaluate/evaluation.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import { thawEvaluation } from './frozen-evidence.ts'

/**
 * By type, what the rules said on the newest evidence frozen for a month. SQLite cuts the verdict out of the content:
 * the numbers beside it are a hundred times as long and not needed to list a review.
 */
export async function listFrozenEvaluations(
  db: Kysely<LedgerSchema>,
  month: string,
): Promise<ReadonlyMap<string, TypeEvaluation>> {
  const rows = await db
    .selectFrom('evidence as e')
    .select([
      'e.interaction_type',
      'e.narrative',
      sql<string>`json_extract(e.content, '$.evaluation')`.as('evaluation'),
    ])
    .where('e.review_month', '=', month)
    .where('e.revision', '=', (of) =>
      of
        .selectFrom('evidence as newer')
        .select((newer) => newer.fn.max('newer.revision').as('revision'))
        .whereRef('newer.review_month', '=', 'e.review_month')
        .whereRef('newer.interaction_type', '=', 'e.interaction_type'),
    )
    .execute()
  return new Map(rows.map((row) => [row.interaction_type, thawEvaluation(row.evaluation, row.narrative)]))
}
