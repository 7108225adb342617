import type { Kysely } from 'kysely'
import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import type { Cohort } from '../metrics.ts'
import { cohortHandlers } from '../monthly/metric-parts.ts'
import { addMonths, type Month, parseMonth } from '../reporting-month.ts'
import { kishSize } from '../statistics/kish-size.ts'
import { type StratifiedRate, type Stratum, stratifiedRate } from '../statistics/stratified-rate.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type LabelledContacts, labelledContactsSince } from './labelled-contacts.ts'
import { listStrata, noStratum, type ReviewStratum, randomDraws } from './list-strata.ts'

export interface WeightedErrorRate extends Pick<StratifiedRate, 'rate' | 'lower' | 'upper'> {
  /** Reviews of equal weight that would tell as much: (sum w)^2 / sum w^2 over the reviews, Kish 1965. */
  effectiveSize: number
}

/**
 * The error rate (0..1) of a month, type and cohort of those whose random reviews were drawn at different rates, with the
 * interval for display, as gate G1 shows it; undefined for all others. Months `from` and later; null: all. Only of the
 * `contacts` that fit, where given.
 *
 * A stratum stands for its population. Of a part, such as what the AI sent alone or a channel, it stands for the
 * population times the share of its reviews that belong to the part, taken as known (ratio estimate, Cochran ch. 5A).
 * Strata without a completed review and reviews of strata of unknown size carry no weight. methods.md 1.2 and 1.3.
 */
export async function listWeightedErrorRates(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  options: { reportingTimeZone: string; from: Month | null; contacts?: ContactFilter },
): Promise<(month: Month, interactionType: string, cohort: Cohort) => WeightedErrorRate | undefined> {
  const { db } = warehouse
  const range = { from: options.from ?? parseMonth('1990-01'), through: parseMonth('2999-12') }
  const contacts = labelledContactsSince(warehouse, options)
  const strata = await listStrata(db, range, contacts)
  if (strata.length === 0) return () => undefined
  const groups = new Map<string, ReviewStratum[]>()
  for (const stratum of strata) {
    const key = keyOf(stratum.month, stratum.interactionType)
    groups.set(key, [...(groups.get(key) ?? []), stratum])
  }
  const parts = await countParts(db, range, contacts, options.contacts)
  return (month, interactionType, cohort) => {
    const own = groups.get(keyOf(month, interactionType)) ?? []
    const handlers = cohortHandlers[cohort] ?? []
    return rateOf(
      own
        .filter(({ population, reviewed }) => population > 0 && reviewed > 0)
        .map(({ stratum, population, reviewed }): Stratum => {
          const found = handlers.map((handler) => parts.get(partKey(month, interactionType, stratum, handler)))
          const sampled = found.reduce((sum, part) => sum + (part?.reviewed ?? 0), 0)
          const hits = found.reduce((sum, part) => sum + (part?.errors ?? 0), 0)
          return { population: (population * sampled) / reviewed, sampled, hits }
        })
        .filter(({ sampled }) => sampled > 0),
    )
  }
}

function rateOf(strata: readonly Stratum[]): WeightedErrorRate | undefined {
  const found = stratifiedRate(strata)
  if (found === undefined) return undefined
  const { rate, lower, upper } = found
  return { rate, lower, upper, effectiveSize: kishSize(strata) }
}

/** Completed random reviews and errors by month, type, stratum and who handled the contact. */
async function countParts(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
  contacts: LabelledContacts,
  filter: ContactFilter | undefined,
) {
  const rows = await db
    .selectFrom(randomDraws(db).as('draw'))
    .innerJoin(contacts.as('contact'), (join) =>
      join.onRef('contact.source', '=', 'draw.source').onRef('contact.interaction_id', '=', 'draw.interaction_id'),
    )
    .where('contact.is_ai_participated', '=', true)
    .where('contact.is_random_reviewed', '=', true)
    .where((eb) => fitsFilter(eb, 'contact', filter))
    .where('contact.contact_month', '>=', `${range.from}-01`)
    .where('contact.contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .select(['contact.contact_month', 'contact.interaction_type', 'contact.handled_by'])
    .select((eb) => [
      eb.fn.coalesce('draw.stratum', eb.val(noStratum)).as('stratum'),
      eb.fn.countAll<number>().as('reviewed'),
      eb.fn.count<number>(eb.case().when('contact.is_error', '=', true).then(1).end()).as('errors'),
    ])
    .groupBy(['contact.contact_month', 'contact.interaction_type', 'contact.handled_by', 'draw.stratum'])
    .execute()
  return new Map(
    rows.map((row) => [
      partKey(row.contact_month.slice(0, 7), row.interaction_type, row.stratum, row.handled_by),
      { reviewed: Number(row.reviewed), errors: Number(row.errors) },
    ]),
  )
}

function keyOf(month: string, interactionType: string): string {
  return JSON.stringify([month, interactionType])
}

function partKey(month: string, interactionType: string, stratum: string, handledBy: string): string {
  return JSON.stringify([month, interactionType, stratum, handledBy])
}
