import type { Kysely } from 'kysely'
import type { escalationReasons } from '../contract/escalation.ts'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** How often one reason led from the AI to a person in a month. */
export interface EscalationReasonCount {
  interactionType: string
  reason: (typeof escalationReasons)[number]
  /** AI contacts with at least one escalation for this reason; a contact with two reasons counts under both. */
  contactCount: number
}

/** Reasons of the escalations of AI contacts that started in the month (YYYY-MM), most frequent first. */
export async function listEscalationReasons(
  warehouse: { db: Kysely<WarehouseSchema>; dialect: SqlDialect },
  filter: { month: string; interactionType?: string },
): Promise<EscalationReasonCount[]> {
  const { db, dialect } = warehouse
  const rows = await db
    .selectFrom('contacts')
    .innerJoin('escalations', (on) =>
      on
        .onRef('escalations.source', '=', 'contacts.source')
        .onRef('escalations.interaction_id', '=', 'contacts.interaction_id'),
    )
    .where('contacts.contact_month', '=', dialect.day(`${filter.month}-01`) as never)
    .where('contacts.is_ai_participated', '=', true)
    .where((eb) => eb.or([eb('escalations.is_deleted', 'is', null), eb('escalations.is_deleted', '=', false)]))
    .$if(filter.interactionType !== undefined, (query) =>
      query.where('contacts.interaction_type', '=', filter.interactionType ?? ''),
    )
    .select(['contacts.interaction_type', 'escalations.reason'])
    .select((eb) => eb.fn.count<number>('contacts.interaction_id').distinct().as('contact_count'))
    .groupBy(['contacts.interaction_type', 'escalations.reason'])
    .execute()
  return rows
    .map((row) => ({
      interactionType: row.interaction_type,
      reason: row.reason,
      contactCount: row.contact_count,
    }))
    .sort(
      (a, b) =>
        b.contactCount - a.contactCount ||
        a.reason.localeCompare(b.reason, 'en') ||
        a.interactionType.localeCompare(b.interactionType, 'en'),
    )
}
