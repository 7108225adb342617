import type { ExpressionBuilder, Kysely } from 'kysely'
import { isOfExpectation } from '../contacts/contact-escalations.ts'
import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import type { EscalationReason } from '../contract/escalation.ts'
import { type Month, monthsEndingWith } from '../reporting-month.ts'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** How often one reason led from the AI to a person in a month. */
export interface EscalationReasonCount {
  interactionType: string
  reason: EscalationReason
  /** AI contacts with at least one escalation for this reason; a contact with two reasons counts under both. */
  contactCount: number
  /** Of them, by whether a written trigger called for such an escalation; one with several may count under more. */
  expected: number
  unexpected: number
  unknown: number
}

/** Reasons of the escalations of AI contacts of the months that end with the given one, most frequent first. */
export async function listEscalationReasons(
  warehouse: { db: Kysely<WarehouseSchema>; dialect: SqlDialect },
  filter: { month: Month; windowMonths?: number; interactionType?: string; contacts?: ContactFilter },
): Promise<EscalationReasonCount[]> {
  const { db, dialect } = warehouse
  const rows = await db
    .selectFrom('contacts')
    .innerJoin('escalations', (on) =>
      on
        .onRef('escalations.source', '=', 'contacts.source')
        .onRef('escalations.interaction_id', '=', 'contacts.interaction_id'),
    )
    .where(
      'contacts.contact_month',
      'in',
      monthsEndingWith(filter.month, filter.windowMonths ?? 1).map((month) => dialect.day(`${month}-01`)) as never,
    )
    .where('contacts.is_ai_participated', '=', true)
    .where((eb) => fitsFilter(eb, 'contacts', filter.contacts))
    .where((eb) => eb.or([eb('escalations.is_deleted', 'is', null), eb('escalations.is_deleted', '=', false)]))
    .$if(filter.interactionType !== undefined, (query) =>
      query.where('contacts.interaction_type', '=', filter.interactionType ?? ''),
    )
    .select(['contacts.interaction_type', 'escalations.reason'])
    .select((eb) => {
      const contacts = eb.fn.count<number>('contacts.interaction_id').distinct()
      const own = eb as unknown as ExpressionBuilder<WarehouseSchema, 'escalations'>
      return [
        contacts.as('contact_count'),
        contacts.filterWhere(isOfExpectation(own, 'expected')).as('expected'),
        contacts.filterWhere(isOfExpectation(own, 'unexpected')).as('unexpected'),
        contacts.filterWhere(isOfExpectation(own, 'unknown')).as('unknown'),
      ]
    })
    .groupBy(['contacts.interaction_type', 'escalations.reason'])
    .execute()
  return rows
    .map((row) => ({
      interactionType: row.interaction_type,
      reason: row.reason,
      contactCount: row.contact_count,
      expected: row.expected,
      unexpected: row.unexpected,
      unknown: row.unknown,
    }))
    .sort(
      (a, b) =>
        b.contactCount - a.contactCount ||
        a.reason.localeCompare(b.reason, 'en') ||
        a.interactionType.localeCompare(b.interactionType, 'en'),
    )
}
