import type { Kysely } from 'kysely'
import { targetedReviews } from '../contacts/contact-detail.ts'
import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import type { DefectClass, DefectSeverity } from '../contract/qa-review.ts'
import { type Month, monthsEndingWith } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** AI contacts of one type in which reviews found something, by what it was. */
export interface DefectCount {
  /** random: by the label of a random review. targeted: by targeted reviews, contacts without a random one. */
  sampling: 'random' | 'targeted'
  /** null: an error without a class. */
  defect: DefectClass | null
  severity: DefectSeverity | null
  contacts: number
  /** Of them: errors. A minor defect is none. */
  errors: number
}

/**
 * Grain: sampling x class x severity, over the months that end with the given one. A random label counts its contact
 * once; a contact that targeted reviews find wanting in two ways counts under both.
 */
export async function listDefectCounts(
  db: Kysely<WarehouseSchema>,
  filter: { month: Month; windowMonths: number; interactionType: string; contacts?: ContactFilter },
): Promise<DefectCount[]> {
  const months = monthsEndingWith(filter.month, filter.windowMonths).map((month) => `${month}-01`)
  const contacts = db
    .selectFrom('contacts')
    .where('contacts.contact_month', 'in', months)
    .where('contacts.interaction_type', '=', filter.interactionType)
    .where('contacts.is_ai_participated', '=', true)
    .where((eb) => fitsFilter(eb, 'contacts', filter.contacts))
  const [random, targeted] = await Promise.all([
    contacts
      .where('contacts.is_random_reviewed', '=', true)
      .where((eb) => eb.or([eb('contacts.is_error', '=', true), eb('contacts.defect', 'is not', null)]))
      .select(['contacts.defect', 'contacts.severity'])
      .select((eb) => [
        eb.fn.countAll<number>().as('contacts'),
        eb.fn.countAll<number>().filterWhere('contacts.is_error', '=', true).as('errors'),
      ])
      .groupBy(['contacts.defect', 'contacts.severity'])
      .execute(),
    contacts
      .where('contacts.is_random_reviewed', '=', false)
      .innerJoin(targetedReviews(db).selectAll('qa_reviews').as('review'), (join) =>
        join
          .onRef('review.source', '=', 'contacts.source')
          .onRef('review.interaction_id', '=', 'contacts.interaction_id'),
      )
      .select(['review.defect', 'review.severity'])
      .select((eb) => [
        eb.fn.count<number>('contacts.interaction_id').distinct().as('contacts'),
        eb.fn
          .count<number>('contacts.interaction_id')
          .distinct()
          .filterWhere((of) =>
            of.or([
              of('review.outcome', '=', 'fail'),
              of.and([of('review.outcome', 'is', null), of('review.severity', 'in', ['major', 'critical'])]),
            ]),
          )
          .as('errors'),
      ])
      .groupBy(['review.defect', 'review.severity'])
      .execute(),
  ])
  const counted = (sampling: DefectCount['sampling'], rows: readonly Omit<DefectRow, 'sampling'>[]) =>
    rows.map(
      (row): DefectCount => ({
        sampling,
        defect: (row.defect ?? null) as DefectClass | null,
        severity: (row.severity ?? null) as DefectSeverity | null,
        contacts: row.contacts,
        errors: row.errors,
      }),
    )
  return [...counted('random', random), ...counted('targeted', targeted)]
}

interface DefectRow {
  defect: string | null | undefined
  severity: string | null | undefined
  contacts: number
  errors: number
}
