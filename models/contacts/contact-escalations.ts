import type { ExpressionBuilder, Kysely } from 'kysely'
import { escalationReasons } from '../contract/escalation.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type AskedContacts, isAsked } from './asked-contacts.ts'
import { isLive } from './counting-interactions.ts'
import { withStart } from './with-start.ts'

/** Reasons that name a written trigger. failed_handoff is the AI failing at its job; other says nothing. */
const writtenTriggers = escalationReasons.filter((reason) => reason !== 'failed_handoff' && reason !== 'other')

/**
 * Grain: one interaction with at least one escalation. Whether a written trigger called for it is what the source says,
 * else derived from the reason (docs/decisions/expected-escalations.md). Flags are 0 or 1.
 */
export function contactEscalations(db: Kysely<WarehouseSchema>, among?: AskedContacts) {
  const escalated = db
    .selectFrom('escalations')
    .where((eb) => eb.and([isLive(eb), isAsked(eb, among)]))
    .select(['source', 'interaction_id'])
    .select((eb) => {
      const one = eb.lit(1)
      const zero = eb.lit(0)
      const unexpected = isUnexpected(eb)
      const unknown = isUnknown(eb)
      return [
        eb.fn.max(eb.case().when(unexpected).then(one).else(zero).end()).as('unexpected'),
        eb.fn.max(eb.case().when(unknown).then(one).else(zero).end()).as('unknown'),
        eb.fn.max(eb.case().when('reason', '=', 'failed_handoff').then(one).else(zero).end()).as('failed_handoff'),
      ]
    })
    .groupBy(['source', 'interaction_id'])
  return withStart(db, 'escalated_contacts', escalated, among)
}

type Escalations = ExpressionBuilder<WarehouseSchema, 'escalations'>

/** Whether a written trigger called for an escalation; unknown where nobody can say. */
export type EscalationExpectation = 'expected' | 'unexpected' | 'unknown'

/** One escalation is of this kind. */
export function isOfExpectation(eb: Escalations, expectation: EscalationExpectation) {
  if (expectation === 'unexpected') return isUnexpected(eb)
  if (expectation === 'unknown') return isUnknown(eb)
  return eb.and([eb.not(isUnexpected(eb)), eb.not(isUnknown(eb))])
}

function isUnexpected(eb: Escalations) {
  const given = eb('expected', 'is not', null)
  return eb.or([
    eb.and([given, eb('expected', '=', eb.lit(false))]),
    eb.and([eb.not(given), eb('reason', '=', 'failed_handoff')]),
  ])
}

function isUnknown(eb: Escalations) {
  return eb.and([
    eb.not(eb('expected', 'is not', null)),
    eb('reason', 'not in', [...writtenTriggers, 'failed_handoff']),
  ])
}
