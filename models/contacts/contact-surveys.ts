import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type AskedContacts, isAsked } from './asked-contacts.ts'
import { isLive } from './counting-interactions.ts'
import { withStart } from './with-start.ts'

/**
 * Grain: one interaction with at least one survey: the first that was answered, else the first offered. An answer
 * without a score is no answer.
 */
export function contactSurveys(db: Kysely<WarehouseSchema>, among?: AskedContacts) {
  const surveyed = db
    .selectFrom(
      db
        .selectFrom('csat_responses')
        .where((eb) => eb.and([isLive(eb), isAsked(eb, among)]))
        .select(['source', 'interaction_id', 'scale'])
        .select((eb) => {
          const answered = eb.and([eb('responded_at', 'is not', null), eb('score', 'is not', null)])
          const unanswered = eb.case().when(answered).then(eb.lit(0)).else(eb.lit(1)).end()
          return [
            eb.case().when(answered).then(eb.ref('score')).end().as('score'),
            eb
              .case()
              .when(eb.not(answered))
              .then(eb.lit(null))
              .when(
                eb.or([
                  eb.and([eb('scale', '=', 'five_point'), eb('score', '>=', eb.lit(4))]),
                  eb.and([eb('scale', '=', 'three_point'), eb('score', '>=', eb.lit(3))]),
                  eb.and([eb('scale', '=', 'binary'), eb('score', '>=', eb.lit(1))]),
                ]),
              )
              .then(eb.lit(true))
              .else(eb.lit(false))
              .end()
              .as('is_satisfied'),
            eb
              .case()
              .when(eb.not(answered))
              .then(eb.lit(null))
              .when(
                eb.or([
                  eb.and([eb('scale', '=', 'five_point'), eb('score', '<=', eb.lit(2))]),
                  eb.and([eb('scale', '=', 'three_point'), eb('score', '<=', eb.lit(1))]),
                  eb.and([eb('scale', '=', 'binary'), eb('score', '<', eb.lit(1))]),
                ]),
              )
              .then(eb.lit(true))
              .else(eb.lit(false))
              .end()
              .as('is_bad'),
            eb.fn
              .agg<number>('row_number')
              .over((over) =>
                over
                  .partitionBy(['source', 'interaction_id'])
                  .orderBy(unanswered)
                  .orderBy(eb.fn.coalesce('responded_at', 'offered_at'))
                  .orderBy('response_id'),
              )
              .as('survey_number'),
          ]
        })
        .as('s'),
    )
    .where((eb) => eb('s.survey_number', '=', eb.lit(1)))
    .select(['s.source', 's.interaction_id', 's.scale', 's.score', 's.is_satisfied', 's.is_bad'])
  return withStart(db, 'surveyed_contacts', surveyed, among)
}
