import type { Kysely } from 'kysely'
import { addMonths, type Month } from '../reporting-month.ts'
import { overdispersion } from '../statistics/overdispersion.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

type DispersedMetric = 'repeat_contact_rate_48h' | 'unexpected_escalation_rate'

/** How much the days of one month vary; months add up: phi is the sum of chi-squares over the sum of degrees. */
export interface MonthDispersion {
  month: Month
  interactionType: string
  metric: DispersedMetric
  chiSquare: number
  /** Days with a case to count, less one. */
  degreesOfFreedom: number
}

/**
 * Grain: month x type x metric, for the rates that count every AI-participated contact: how much more their days vary
 * than independent contacts would (methods.md section 3). Each month is compared with its own rate, so that a rate
 * that differs between months is not taken for noise. Months where nothing varies are absent.
 */
export async function listDispersion(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
): Promise<MonthDispersion[]> {
  const days = await db
    .selectFrom('daily_counts')
    .select(['contact_month', 'contact_date', 'interaction_type'])
    .select(({ fn }) => [
      fn.sum<number>('repeat_48h_count').as('repeats'),
      fn.sum<number>('mature_48h_count').as('mature'),
      fn.sum<number>('unexpected_escalated_count').as('unexpected'),
      fn.sum<number>('unknown_escalated_count').as('unknown'),
      fn.sum<number>('contact_count').as('contacts'),
    ])
    .where('handled_by', 'in', ['ai', 'ai_assisted'])
    .where('contact_month', '>=', `${range.from}-01`)
    .where('contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .groupBy(['contact_month', 'contact_date', 'interaction_type'])
    .orderBy('contact_month')
    .orderBy('interaction_type')
    .orderBy('contact_date')
    .execute()
  const cells = new Map<string, { k: number; n: number }[]>()
  const add = (key: string, k: number, n: number) => cells.set(key, [...(cells.get(key) ?? []), { k, n }])
  for (const day of days) {
    const of = `${String(day.contact_month).slice(0, 7)}\n${day.interaction_type}`
    add(`${of}\nrepeat_contact_rate_48h`, Number(day.repeats), Number(day.mature))
    add(`${of}\nunexpected_escalation_rate`, Number(day.unexpected), Number(day.contacts) - Number(day.unknown))
  }
  return [...cells].flatMap(([key, ofDays]) => {
    const [month, interactionType, metric] = key.split('\n') as [Month, string, DispersedMetric]
    const { chiSquare } = overdispersion(ofDays)
    const degreesOfFreedom = ofDays.filter(({ n }) => n > 0).length - 1
    return chiSquare === null ? [] : [{ month, interactionType, metric, chiSquare, degreesOfFreedom }]
  })
}
