import type { ExpressionBuilder, Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type AskedContacts, isAsked } from './asked-contacts.ts'
import { isLive } from './counting-interactions.ts'
import { withStart } from './with-start.ts'

type Reviews = ExpressionBuilder<WarehouseSchema, 'qa_reviews'>

/**
 * Grain: one interaction with at least one review. Its label, its random draw, and what a judge says of it.
 *
 * The label is the adjudicated review (the latest), else the first completed random human one, else the first completed
 * program one; judges never label. Flags are 0 or 1, so that they can be taken with max.
 */
export function contactReviews(db: Kysely<WarehouseSchema>, among?: AskedContacts) {
  const reviewed = db
    .selectFrom(rankedReviews(db, among).as('r'))
    .select(['r.source', 'r.interaction_id'])
    .select(({ fn, eb }) => {
      const isLabel = eb.and([eb('r.label_rank', 'is not', null), eb('r.label_number', '=', eb.lit(1))])
      const isDraw = eb.and([eb('r.is_draw', '=', eb.lit(1)), eb('r.draw_number', '=', eb.lit(1))])
      const isJudge = eb.and([eb('r.is_judge', '=', eb.lit(1)), eb('r.judge_number', '=', eb.lit(1))])
      return [
        fn.max(eb.case().when(isLabel).then(eb.ref('r.review_id')).end()).as('label_review_id'),
        fn.max(eb.case().when(isLabel).then(eb.ref('r.is_failed')).end()).as('label_failed'),
        fn.max(eb.case().when(isLabel).then(eb.ref('r.is_adjudication')).end()).as('label_adjudicated'),
        fn.max(eb.case().when(isLabel).then(eb.ref('r.is_critical')).end()).as('label_critical'),
        fn.max(eb.case().when(isLabel).then(eb.ref('r.defect')).end()).as('defect'),
        fn.max(eb.case().when(isLabel).then(eb.ref('r.severity')).end()).as('severity'),
        fn.max(eb.case().when(isLabel).then(eb.ref('r.review_score')).end()).as('qa_score'),
        fn.max('r.is_random_completed').as('random_completed'),
        fn.max('r.is_critical_found').as('critical_found'),
        fn.max('r.is_failure_found').as('failure_found'),
        fn.min('r.open_since').as('open_since'),
        fn.max('r.is_draw').as('drawn'),
        fn.max(eb.case().when(isDraw).then(eb.ref('r.is_due')).end()).as('due'),
        fn.max(eb.case().when(isDraw).then(eb.ref('r.is_on_time')).end()).as('on_time'),
        fn.max(eb.case().when(isJudge).then(eb.ref('r.is_failed')).end()).as('judge_failed'),
      ]
    })
    .groupBy(['r.source', 'r.interaction_id'])
  return withStart(db, 'reviewed_contacts', reviewed, among)
}

function rankedReviews(db: Kysely<WarehouseSchema>, among?: AskedContacts) {
  return db
    .selectFrom('qa_reviews')
    .where((eb) => eb.and([isLive(eb), isAsked(eb, among)]))
    .select(['source', 'interaction_id', 'review_id', 'defect', 'severity'])
    .select((eb) => {
      const completed = eb('reviewed_at', 'is not', null)
      const knowing = eb('reviewer_kind', 'in', ['human', 'program'])
      const random = eb('sampling', '=', 'random')
      const adjudicated = eb(eb.fn.coalesce('is_adjudicated', eb.lit(false)), '=', eb.lit(true))
      const critical = eb('severity', '=', 'critical')
      const judged = eb.and([eb('reviewer_kind', '=', 'judge'), completed])
      const drawn = eb.and([knowing, random])
      const rank = labelRank(eb)
      return [
        rank.as('label_rank'),
        flag(eb, isFailed(eb)).as('is_failed'),
        flag(eb, adjudicated).as('is_adjudication'),
        flag(eb, critical).as('is_critical'),
        reviewScore(eb).as('review_score'),
        flag(eb, eb.and([knowing, random, completed])).as('is_random_completed'),
        flag(eb, eb.and([knowing, completed, critical])).as('is_critical_found'),
        flag(eb, eb.and([knowing, completed, isFailed(eb)])).as('is_failure_found'),
        eb
          .case()
          .when(eb.and([drawn, eb.not(completed)]))
          .then(eb.ref('sampled_at'))
          .end()
          .as('open_since'),
        flag(eb, drawn).as('is_draw'),
        flag(eb, eb('due_at', 'is not', null)).as('is_due'),
        flag(eb, eb('reviewed_at', '<=', eb.ref('due_at'))).as('is_on_time'),
        flag(eb, judged).as('is_judge'),
        eb.fn
          .agg<number>('row_number')
          .over((over) =>
            over
              .partitionBy(['source', 'interaction_id'])
              .orderBy(eb.fn.coalesce(rank, eb.lit(9)))
              .orderBy(eb.case().when(adjudicated).then(eb.ref('reviewed_at')).end(), 'desc')
              .orderBy('reviewed_at')
              .orderBy('review_id'),
          )
          .as('label_number'),
        eb.fn
          .agg<number>('row_number')
          .over((over) =>
            over
              .partitionBy(['source', 'interaction_id'])
              .orderBy(flag(eb, drawn), 'desc')
              .orderBy(flag(eb, adjudicated))
              .orderBy('sampled_at')
              .orderBy('review_id'),
          )
          .as('draw_number'),
        eb.fn
          .agg<number>('row_number')
          .over((over) =>
            over
              .partitionBy(['source', 'interaction_id'])
              .orderBy(flag(eb, judged), 'desc')
              .orderBy('reviewed_at')
              .orderBy('review_id'),
          )
          .as('judge_number'),
      ]
    })
}

function labelRank(eb: Reviews) {
  const completed = eb('reviewed_at', 'is not', null)
  return eb
    .case()
    .when(
      eb.and([
        completed,
        eb('reviewer_kind', 'in', ['human', 'program']),
        eb(eb.fn.coalesce('is_adjudicated', eb.lit(false)), '=', eb.lit(true)),
      ]),
    )
    .then(eb.lit(1))
    .when(eb.and([completed, eb('reviewer_kind', '=', 'human'), eb('sampling', '=', 'random')]))
    .then(eb.lit(2))
    .when(eb.and([completed, eb('reviewer_kind', '=', 'program')]))
    .then(eb.lit(3))
    .end()
}

/** The outcome decides; without one a major or critical defect does (docs/decisions/what-is-an-error.md). */
function isFailed(eb: Reviews) {
  return eb.or([
    eb('outcome', '=', 'fail'),
    eb.and([eb('outcome', 'is', null), eb('severity', 'in', ['major', 'critical'])]),
  ])
}

/** The given score, else the mean of the three; null when one of the three is missing. */
function reviewScore(eb: Reviews) {
  const sum = eb(eb('accuracy', '+', eb.ref('tone')), '+', eb.ref('resolution'))
  return eb.fn.coalesce('score', eb(eb.parens(sum), '/', eb.lit(3)))
}

function flag(eb: Reviews, condition: ReturnType<Reviews['and']>) {
  return eb.case().when(condition).then(eb.lit(1)).else(eb.lit(0)).end()
}
