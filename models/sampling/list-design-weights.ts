import type { Kysely } from 'kysely'
import { monthOfDay } from '../monthly/list-months.ts'
import type { Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { listStrata } from './list-strata.ts'

/** How many AI-participated contacts a random review stands for; undefined where all reviews of the type count alike. */
export type DesignWeight = (review: { month: Month; interactionType: string; stratum: string }) => number | undefined

/**
 * The design weights of the random reviews of the months from..through. Types with strata in any of them are weighted in
 * all, a month without strata as a whole: contacts / reviews. A review of a stratum that no frame knows stands for itself.
 */
export async function listDesignWeights(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<DesignWeight> {
  const strata = await listStrata(db, range)
  if (strata.length === 0) return () => undefined
  const types = new Set(strata.map(({ interactionType }) => interactionType))
  const whole = await db
    .selectFrom('daily_counts')
    .where('handled_by', 'in', ['ai', 'ai_assisted'])
    .where('interaction_type', 'in', [...types])
    .where('contact_month', '>=', `${range.from}-01`)
    .where('contact_month', '<=', `${range.through}-01`)
    .select(['contact_month', 'interaction_type'])
    .select((eb) => [
      eb.fn.sum<number>('contact_count').as('contacts'),
      eb.fn.sum<number>('random_reviewed_count').as('reviewed'),
    ])
    .groupBy(['contact_month', 'interaction_type'])
    .execute()
  const key = (month: string, ...names: string[]) => JSON.stringify([month, ...names])
  const ofStratum = new Map(
    strata.map(({ month, interactionType, stratum, population, reviewed }) => [
      key(month, interactionType, stratum),
      reviewed === 0 || population === 0 ? 1 : population / reviewed,
    ]),
  )
  const ofMonth = new Map(
    whole.map(({ contact_month, interaction_type, contacts, reviewed }) => [
      key(monthOfDay(contact_month), interaction_type),
      Number(reviewed) === 0 ? 1 : Number(contacts) / Number(reviewed),
    ]),
  )
  const hasStrata = new Set(strata.map(({ month, interactionType }) => key(month, interactionType)))
  return ({ month, interactionType, stratum }) => {
    if (!types.has(interactionType)) return undefined
    const own = key(month, interactionType)
    return hasStrata.has(own) ? (ofStratum.get(key(month, interactionType, stratum)) ?? 1) : (ofMonth.get(own) ?? 1)
  }
}
