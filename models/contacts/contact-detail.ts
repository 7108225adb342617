import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { EscalationReason } from '../contract/escalation.ts'
import type { DefectClass, DefectSeverity } from '../contract/qa-review.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type EscalationExpectation, isOfExpectation } from './contact-escalations.ts'
import { isLive } from './counting-interactions.ts'

/** From this length on chains are told together. */
export const longChain = 5

/**
 * One bar of a breakdown: the contacts of a number that also have this. Every part that is given must hold; a part that
 * is absent asks nothing.
 */
export interface ContactDetail {
  /** Defect class of the label, or of a targeted review where `sampling` says so; none: an error without a class. */
  defect?: DefectClass | 'none' | undefined
  severity?: DefectSeverity | 'none' | undefined
  /** targeted: of a completed targeted review, of a contact without a random one. */
  sampling?: 'targeted' | undefined
  /** two: at least two people reviewed it at random, each with an opinion of their own. */
  reviewers?: 'two' | undefined
  /** Escalated for this reason, and whether a written trigger called for that escalation. */
  reason?: EscalationReason | undefined
  expectation?: EscalationExpectation | undefined
  /** Contacts in the chain that it begins; `longChain` means that many or more. */
  chainLength?: number | undefined
  /** Interaction type of the next contact about the same issue. */
  nextType?: string | undefined
  /** Language tag as the source writes it; 'unknown' where it writes none. */
  language?: string | undefined
}

type Contacts = ExpressionBuilder<WarehouseSchema, 'contacts'>

/** The contact has the detail. Breakdowns and the lists behind them use this condition, so that they agree. */
export function hasDetail(eb: Contacts, detail: ContactDetail): Expression<SqlBool> {
  const { defect, severity, sampling, reviewers, reason, expectation, chainLength, nextType, language } = detail
  const conditions: Expression<SqlBool>[] = []
  if (sampling === 'targeted') conditions.push(hasTargetedDefect(eb, detail))
  else {
    if (defect !== undefined) conditions.push(isOrNone(eb, 'contacts.defect', defect))
    if (severity !== undefined) conditions.push(isOrNone(eb, 'contacts.severity', severity))
  }
  if (reviewers === 'two') conditions.push(isReviewedByTwo(eb))
  if (reason !== undefined || expectation !== undefined) conditions.push(isEscalatedFor(eb, reason, expectation))
  if (chainLength !== undefined) {
    conditions.push(eb('contacts.chain_length', chainLength >= longChain ? '>=' : '=', chainLength))
  }
  if (nextType !== undefined) conditions.push(isFollowedBy(eb, nextType))
  if (language !== undefined) conditions.push(isInLanguage(eb, language))
  return eb.and(conditions)
}

function isOrNone(eb: Contacts, column: 'contacts.defect' | 'contacts.severity', value: string) {
  return value === 'none' ? eb(column, 'is', null) : eb(column, '=', value)
}

function hasTargetedDefect(eb: Contacts, { defect, severity }: ContactDetail) {
  return eb.and([
    eb('contacts.is_random_reviewed', '=', false),
    eb.exists(
      targetedReviews(eb as unknown as Kysely<WarehouseSchema>)
        .select((of) => of.lit(1).as('found'))
        .where((of) => of('qa_reviews.source', '=', eb.ref('contacts.source')))
        .where((of) => of('qa_reviews.interaction_id', '=', eb.ref('contacts.interaction_id')))
        .$if(defect !== undefined && defect !== 'none', (query) => query.where('defect', '=', defect as DefectClass))
        .$if(defect === 'none', (query) => query.where('defect', 'is', null))
        .$if(severity !== undefined && severity !== 'none', (query) =>
          query.where('severity', '=', severity as DefectSeverity),
        )
        .$if(severity === 'none', (query) => query.where('severity', 'is', null)),
    ),
  ])
}

/** As listReviewPairs counts: adjudications are the settled label, not an opinion. */
function isReviewedByTwo(eb: Contacts) {
  const opinions = (eb as unknown as Kysely<WarehouseSchema>)
    .selectFrom('qa_reviews')
    .where((of) => isLive(of))
    .where('reviewer_kind', '=', 'human')
    .where('sampling', '=', 'random')
    .where('reviewed_at', 'is not', null)
    .where((of) => of(of.fn.coalesce('is_adjudicated', of.lit(false)), '=', of.lit(false)))
    .where((of) => of('qa_reviews.source', '=', eb.ref('contacts.source')))
    .where((of) => of('qa_reviews.interaction_id', '=', eb.ref('contacts.interaction_id')))
  return eb(
    opinions.select((of) => of.fn.count<number>('reviewer_id').distinct().as('people')),
    '>=',
    2,
  )
}

/** Completed targeted reviews by people and programs that found something. */
export function targetedReviews(db: Pick<Kysely<WarehouseSchema>, 'selectFrom'>) {
  return db
    .selectFrom('qa_reviews')
    .where((eb) => isLive(eb))
    .where('sampling', '=', 'targeted')
    .where('reviewer_kind', 'in', ['human', 'program'])
    .where('reviewed_at', 'is not', null)
    .where((eb) => eb.or([eb('defect', 'is not', null), eb('outcome', '=', 'fail')]))
}

function isEscalatedFor(eb: Contacts, reason?: EscalationReason, expectation?: EscalationExpectation) {
  return eb.exists(
    eb
      .selectFrom('escalations')
      .select((of) => of.lit(1).as('found'))
      .where((of) => isLive(of as unknown as ExpressionBuilder<WarehouseSchema, 'escalations'>))
      .whereRef('escalations.source', '=', 'contacts.source')
      .whereRef('escalations.interaction_id', '=', 'contacts.interaction_id')
      .$if(reason !== undefined, (query) => query.where('reason', '=', reason as EscalationReason))
      .$if(expectation !== undefined, (query) =>
        query.where((of) =>
          isOfExpectation(
            of as unknown as ExpressionBuilder<WarehouseSchema, 'escalations'>,
            expectation as EscalationExpectation,
          ),
        ),
      ),
  )
}

/** The next contact is of the same customer, in any source; its id alone may stand for another contact elsewhere. */
function isFollowedBy(eb: Contacts, nextType: string) {
  return eb.exists(
    eb
      .selectFrom('interactions as this')
      .innerJoin('interactions as next', 'next.customer_id', 'this.customer_id')
      .select((of) => of.lit(1).as('found'))
      .whereRef('this.source', '=', 'contacts.source')
      .whereRef('this.interaction_id', '=', 'contacts.interaction_id')
      .whereRef('next.interaction_id', '=', 'contacts.next_interaction_id')
      .where('next.interaction_type', '=', nextType),
  )
}

function isInLanguage(eb: Contacts, language: string) {
  return eb.exists(
    eb
      .selectFrom('interactions as fact')
      .select((of) => of.lit(1).as('found'))
      .whereRef('fact.source', '=', 'contacts.source')
      .whereRef('fact.interaction_id', '=', 'contacts.interaction_id')
      .where((of) => of(of.fn.coalesce('fact.language', of.val('unknown')), '=', language)),
  )
}
