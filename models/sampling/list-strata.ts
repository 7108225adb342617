import type { Kysely } from 'kysely'
import { isLive } from '../contacts/counting-interactions.ts'
import { type LabelledContacts, labelledContacts } from '../contacts/labelled-contacts.ts'
import { hundredths } from '../daily/hundredths.ts'
import { monthOfDay } from '../monthly/list-months.ts'
import { addMonths, type Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** One stratum of the random reviews of a type and month, AI-participated contacts only. */
export interface ReviewStratum {
  month: Month
  interactionType: string
  /** As the frame or the reviews name it. */
  stratum: string
  /** Contacts that it stands for; 0 where reviews name a stratum of which no frame tells. */
  population: number
  drawn: number
  reviewed: number
  errors: number
  /** Reviewed contacts with a score, and the sums of their scores (points) and of the squares. */
  scored: number
  scoreSum: number
  scoreSquareSum: number
}

interface SampleCounts extends Omit<ReviewStratum, 'population'> {
  /** Reviewed contacts whose chance of being drawn is given, and the sum of 1 / chance over them. */
  weighted: number
  weight: number
}

/** Of reviews that name none. */
export const noStratum = '(none)'

/**
 * Grain: month x type x stratum, of those types and months whose random reviews have unequal design weights. The weight
 * of a stratum is population / reviewed where sampling frames are given, else its reviews' sum of 1 / inclusion
 * probability (rounded); types and months with neither, or with equal chances for all, are left out: their random
 * reviews are one stratum. methods.md 1.1 and 1.2. Months from..through, both included.
 */
export async function listStrata(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
  given?: LabelledContacts,
): Promise<ReviewStratum[]> {
  const frames = await listFrames(db, range)
  // Without either the random reviews of a type are one stratum, and contacts need not be read, which is dear.
  if (frames.size === 0 && !(await isAnyChanceGiven(db))) return []
  const contacts = given ?? (await labelledContacts(db, range))
  const samples = grouped(await listSamples(db, range, contacts))
  const keys = new Set([...frames.keys(), ...samples.keys()])
  return [...keys].sort().flatMap((key) => {
    const found = samples.get(key) ?? []
    const frame = frames.get(key)
    return frame === undefined ? fromChances(found) : fromFrame(frame, found)
  })
}

async function isAnyChanceGiven(db: Kysely<WarehouseSchema>): Promise<boolean> {
  const found = await db
    .selectFrom('qa_reviews')
    .where('inclusion_probability', 'is not', null)
    .select('source')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

interface Frame {
  month: Month
  interactionType: string
  stratum: string
  population: number
}

/** Grain: month x type x stratum of which a sampling frame tells, with the contacts in it. */
export function frameSizes(db: Kysely<WarehouseSchema>) {
  return db
    .selectFrom('sampling_frames')
    .where(isLive)
    .select(['month', 'interaction_type', 'stratum'])
    .select((eb) => eb.fn.sum<number>('population').as('population'))
    .groupBy(['month', 'interaction_type', 'stratum'])
}

async function listFrames(db: Kysely<WarehouseSchema>, range: { from: Month; through: Month }) {
  const rows = await frameSizes(db)
    .where('month', '>=', range.from)
    .where('month', '<=', range.through)
    .orderBy('month')
    .orderBy('interaction_type')
    .orderBy('stratum')
    .execute()
  const frames = rows.map(
    (row): Frame => ({
      month: row.month as Month,
      interactionType: row.interaction_type,
      stratum: row.stratum,
      population: Number(row.population),
    }),
  )
  return grouped(frames)
}

/** Grain: one contact that was drawn at random, with its stratum and its chance. */
export function randomDraws(db: Kysely<WarehouseSchema>) {
  return (
    db
      .selectFrom('qa_reviews')
      .where(isLive)
      .where('sampling', '=', 'random')
      .where('reviewer_kind', 'in', ['human', 'program'])
      .select(['source', 'interaction_id'])
      // The second review of a contact was drawn with the first.
      .select((eb) => [eb.fn.min('stratum').as('stratum'), eb.fn.min('inclusion_probability').as('chance')])
      .groupBy(['source', 'interaction_id'])
  )
}

async function listSamples(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
  contacts: LabelledContacts,
): Promise<SampleCounts[]> {
  const rows = await db
    .selectFrom(randomDraws(db).as('draw'))
    .innerJoin(contacts.as('contact'), (join) =>
      join.onRef('contact.source', '=', 'draw.source').onRef('contact.interaction_id', '=', 'draw.interaction_id'),
    )
    .where('contact.is_ai_participated', '=', true)
    .where('contact.contact_month', '>=', `${range.from}-01`)
    .where('contact.contact_month', '<', `${addMonths(range.through, 1)}-01`)
    .select(['contact.contact_month', 'contact.interaction_type'])
    .select((eb) => {
      const reviewed = eb('contact.is_random_reviewed', '=', true)
      const weighted = eb.and([reviewed, eb('draw.chance', 'is not', null)])
      const scored = eb.and([reviewed, eb('contact.qa_score', 'is not', null)])
      const score = hundredths(eb, eb.ref('contact.qa_score'))
      return [
        eb.fn.coalesce('draw.stratum', eb.val(noStratum)).as('stratum'),
        eb.fn.countAll<number>().as('drawn'),
        eb.fn.count<number>(eb.case().when(reviewed).then(1).end()).as('reviewed'),
        eb.fn
          .count<number>(
            eb
              .case()
              .when(eb.and([reviewed, eb('contact.is_error', '=', true)]))
              .then(1)
              .end(),
          )
          .as('errors'),
        eb.fn.count<number>(eb.case().when(scored).then(1).end()).as('scored'),
        eb.fn.sum<number | null>(eb.case().when(scored).then(score).end()).as('score_centi_sum'),
        eb.fn
          .sum<number | null>(
            eb
              .case()
              .when(scored)
              .then(eb(score, '*', score))
              .end(),
          )
          .as('score_centi_square_sum'),
        eb.fn.count<number>(eb.case().when(weighted).then(1).end()).as('weighted'),
        eb.fn
          .sum<number | null>(
            eb
              .case()
              .when(weighted)
              .then(eb(eb.cast<number>(eb.lit(1), 'double precision'), '/', eb.ref('draw.chance')))
              .end(),
          )
          .as('weight'),
      ]
    })
    .groupBy(['contact.contact_month', 'contact.interaction_type', 'draw.stratum'])
    .orderBy('contact.contact_month')
    .orderBy('contact.interaction_type')
    .orderBy('draw.stratum')
    .execute()
  return rows.map((row) => ({
    month: monthOfDay(row.contact_month),
    interactionType: row.interaction_type,
    stratum: row.stratum,
    drawn: Number(row.drawn),
    reviewed: Number(row.reviewed),
    errors: Number(row.errors),
    scored: Number(row.scored),
    scoreSum: Number(row.score_centi_sum ?? 0) / 100,
    scoreSquareSum: Number(row.score_centi_square_sum ?? 0) / 10_000,
    weighted: Number(row.weighted),
    weight: Number(row.weight ?? 0),
  }))
}

function fromFrame(frame: readonly Frame[], samples: readonly SampleCounts[]): ReviewStratum[] {
  const none = { drawn: 0, reviewed: 0, errors: 0, scored: 0, scoreSum: 0, scoreSquareSum: 0, weighted: 0, weight: 0 }
  const named = frame.map(({ population, ...key }) => {
    const sample = samples.find(({ stratum }) => stratum === key.stratum) ?? { ...key, ...none }
    // More reviews than the frame holds contacts: the frame is too small, never the sample.
    return stratumOf(sample, Math.max(population, sample.reviewed))
  })
  const strange = samples.filter(({ stratum, drawn }) => drawn > 0 && !frame.some((each) => each.stratum === stratum))
  return [...named, ...strange.map((sample) => stratumOf(sample, 0))]
}

function fromChances(samples: readonly SampleCounts[]): ReviewStratum[] {
  const reviewed = samples.filter((each) => each.reviewed > 0)
  const isGiven = reviewed.length > 1 && reviewed.every((each) => each.weighted === each.reviewed)
  const weights = reviewed.map((each) => each.weight / each.reviewed)
  // Equal chances: the reviews are one stratum whatever its name.
  if (!isGiven || Math.max(...weights) <= Math.min(...weights) * (1 + 1e-9)) return []
  return samples.map((sample) => stratumOf(sample, Math.max(Math.round(sample.weight), sample.reviewed)))
}

function stratumOf(
  { weighted: _weighted, weight: _weight, ...sample }: SampleCounts,
  population: number,
): ReviewStratum {
  return { ...sample, population }
}

function grouped<Row extends { month: Month; interactionType: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return groups
}

function keyOf({ month, interactionType }: { month: Month; interactionType: string }): string {
  return `${month} ${interactionType}`
}
