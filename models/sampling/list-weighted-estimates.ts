import type { Kysely } from 'kysely'
import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import { type LabelledContacts, labelledContactsSince } from '../contacts/labelled-contacts.ts'
import { hundredths } from '../daily/hundredths.ts'
import { type Cohort, metrics } from '../metrics.ts'
import { cohortHandlers, type ReviewedProperty } from '../monthly/metric-parts.ts'
import { addMonths, type Month, parseMonth } from '../reporting-month.ts'
import { kishSize } from '../statistics/kish-size.ts'
import { stratifiedMean } from '../statistics/stratified-mean.ts'
import { stratifiedRate } from '../statistics/stratified-rate.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { listStrata, noStratum, type ReviewStratum, randomDraws } from './list-strata.ts'

export interface WeightedEstimate {
  value: number
  /** Two-sided 95 %; null where the spread of scores is not known. */
  lower: number | null
  upper: number | null
  /** Reviews of equal weight that would tell as much: (sum w)^2 / sum w^2 over the reviews, Kish 1965. */
  effectiveSize: number
}

export type FindWeightedEstimate = (
  of: ReviewedProperty,
  key: { month: Month; interactionType: string; cohort: Cohort },
) => WeightedEstimate | undefined

/** The reviews of a stratum that count, or a part of them. */
interface Reviewed {
  reviewed: number
  errors: number
  toneDefects: number
  scored: number
  scoreSum: number
  scoreSquareSum: number
}

/**
 * What the random reviews of a month, type and cohort say where they were drawn at different rates, with the interval for
 * display, as gates G1 and G2 show it; undefined for all others. Months `from` and later; null: all. Only of the
 * `contacts` that fit, where given.
 *
 * A stratum stands for its population. Of a part, such as what the AI sent alone or a channel, it stands for the
 * population times the share of its reviews that belong to the part, taken as known (ratio estimate, Cochran ch. 5A).
 * Strata without a completed review and reviews of strata of unknown size carry no weight. methods.md 1.2, 1.3 and 4.
 */
export async function listWeightedEstimates(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  options: { reportingTimeZone: string; from: Month | null; contacts?: ContactFilter },
): Promise<FindWeightedEstimate> {
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
  return (of, { month, interactionType, cohort }) => {
    const own = groups.get(keyOf(month, interactionType)) ?? []
    const handlers = cohortHandlers[cohort] ?? []
    const placed = own.map(({ stratum, population, reviewed, scored }) => {
      const found = handlers.flatMap((handler) => parts.get(partKey(month, interactionType, stratum, handler)) ?? [])
      const sum = (count: keyof Reviewed) => found.reduce((all, part) => all + part[count], 0)
      return { population, all: of === 'score' ? scored : reviewed, sum }
    })
    return of === 'score' ? meanOf(placed) : rateOf(placed, of === 'error' ? 'errors' : 'toneDefects')
  }
}

/** A stratum, how many of its reviews tell of the property, and what is known of the part asked for. */
interface Placed {
  population: number
  all: number
  sum(count: keyof Reviewed): number
}

function rateOf(placed: readonly Placed[], hits: 'errors' | 'toneDefects'): WeightedEstimate | undefined {
  const strata = ofPart(placed, 'reviewed').map(({ sum, ...part }) => ({ ...part, hits: sum(hits) }))
  const found = stratifiedRate(strata)
  if (found === undefined) return undefined
  const { rate, lower, upper } = found
  return { value: rate, lower, upper, effectiveSize: kishSize(strata) }
}

function meanOf(placed: readonly Placed[]): WeightedEstimate | undefined {
  const strata = ofPart(placed, 'scored')
  const found = stratifiedMean(
    strata.map(({ population, sampled, sum }) => ({
      population,
      n: sampled,
      sum: sum('scoreSum'),
      sumOfSquares: sum('scoreSquareSum'),
    })),
    0.025,
  )
  if (found === null) return undefined
  const effectiveSize = kishSize(strata)
  // A few reviews may carry nearly all weight, and a few that agree would look as if they all did.
  const spread = effectiveSize < metrics.qa_score.minimumSample ? null : found.spread
  return { value: found.mean, lower: spread?.lower ?? null, upper: spread?.upper ?? null, effectiveSize }
}

function ofPart(placed: readonly Placed[], counted: 'reviewed' | 'scored') {
  return placed.flatMap(({ population, all, sum }) => {
    const sampled = sum(counted)
    return population === 0 || sampled === 0 ? [] : [{ population: (population * sampled) / all, sampled, sum }]
  })
}

/** What the completed random reviews say, by month, type, stratum and who handled the contact. */
async function countParts(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
  contacts: LabelledContacts,
  filter: ContactFilter | undefined,
): Promise<Map<string, Reviewed>> {
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
    .select((eb) => {
      const score = hundredths(eb, eb.ref('contact.qa_score'))
      return [
        eb.fn.coalesce('draw.stratum', eb.val(noStratum)).as('stratum'),
        eb.fn.countAll<number>().as('reviewed'),
        eb.fn.count<number>(eb.case().when('contact.is_error', '=', true).then(1).end()).as('errors'),
        eb.fn.count<number>(eb.case().when('contact.defect', '=', 'tone_mismatch').then(1).end()).as('tone_defects'),
        eb.fn.count<number>('contact.qa_score').as('scored'),
        eb.fn.sum<number | null>(score).as('score_centi_sum'),
        eb.fn.sum<number | null>(eb(score, '*', score)).as('score_centi_square_sum'),
      ]
    })
    .groupBy(['contact.contact_month', 'contact.interaction_type', 'contact.handled_by', 'draw.stratum'])
    .execute()
  return new Map(
    rows.map((row) => [
      partKey(row.contact_month.slice(0, 7), row.interaction_type, row.stratum, row.handled_by),
      {
        reviewed: Number(row.reviewed),
        errors: Number(row.errors),
        toneDefects: Number(row.tone_defects),
        scored: Number(row.scored),
        scoreSum: Number(row.score_centi_sum ?? 0) / 100,
        scoreSquareSum: Number(row.score_centi_square_sum ?? 0) / 10_000,
      },
    ]),
  )
}

function keyOf(month: string, interactionType: string): string {
  return JSON.stringify([month, interactionType])
}

function partKey(month: string, interactionType: string, stratum: string, handledBy: string): string {
  return JSON.stringify([month, interactionType, stratum, handledBy])
}
