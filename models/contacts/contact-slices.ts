import type { Kysely } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { beginningOfTime, endOfTime, type Span } from './span.ts'
import { type ContactStage, contactStageNames } from './stage-contacts.ts'

/** What a gigabyte of memory counts without spilling, also where something hangs on most contacts. */
export const contactsCountedAtOnce = 2_500_000

/**
 * All time, or so many spans of it as leave about `contactsAtOnce` interactions in each: what is counted in one adds up
 * with what is counted in the others, and no step needs memory for more. Spans end at quarters of an hour.
 */
export async function contactSlices(
  db: Kysely<WarehouseSchema>,
  dialect: SqlDialect,
  contactsAtOnce: number,
): Promise<(Span | undefined)[]> {
  const { interaction_count } = await db
    .selectFrom('interactions')
    .select((eb) => eb.fn.countAll<number>().as('interaction_count'))
    .executeTakeFirstOrThrow()
  if (Number(interaction_count) <= contactsAtOnce) return [undefined]
  const quarterHours = await db
    .selectFrom('interactions')
    .select((eb) => [
      dialect.quarterHour(eb.ref('started_at')).as('quarter_hour'),
      eb.fn.countAll<number>().as('interaction_count'),
    ])
    .groupBy('quarter_hour')
    .orderBy('quarter_hour')
    .execute()
  const slices: Span[] = []
  let [from, count] = [beginningOfTime, 0]
  for (const { quarter_hour, interaction_count: added } of quarterHours) {
    if (count > 0 && count + Number(added) > contactsAtOnce) {
      const before = new Date(Number(quarter_hour) * quarterHourMilliseconds)
      slices.push({ from, before })
      ;[from, count] = [before, 0]
    }
    count += Number(added)
  }
  return [...slices, { from, before: endOfTime }]
}

const quarterHourMilliseconds = 15 * 60 * 1000

/** The stages narrowed to a span, under names of their own: joined whole, they would be hashed for a few rows. */
export function withStagesWithin(
  db: Kysely<WarehouseSchema>,
  { from, before }: Span,
): { reader: Kysely<WarehouseSchema>; stagesFrom: (stage: ContactStage) => string } {
  const stagesFrom = (stage: ContactStage) => `${stage}_within`
  let reader = db
  for (const stage of contactStageNames) {
    reader = reader.with(
      (named) => named(stagesFrom(stage)).notMaterialized(),
      (of) => of.selectFrom(stage).selectAll().where('started_at', '>=', from).where('started_at', '<', before),
    ) as unknown as typeof db
  }
  return { reader, stagesFrom }
}
