import type { ContactOptions } from '../contacts/contact-columns.ts'
import { insertDaysOfCounts } from '../daily/build-daily-counts.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { dropTemporary, makeTemporary } from '../warehouse/temporary-table.ts'
import type { TouchedStarts } from './update-contact-stages.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000
/** Runs of days closer than this are counted in one statement. */
const nearDays = 3
/** More statements than this would cost more than reading the days between. */
const mostRuns = 20

/** The days that an incremental build counted anew, YYYY-MM-DD. */
export interface TouchedDays {
  /** Null when none is touched. */
  first: string | null
  last: string | null
  count: number
}

/** Counts the touched days anew and says which they are. */
export async function updateDailyCounts(
  { db, dialect }: Pick<Warehouse, 'db' | 'dialect'>,
  options: ContactOptions,
): Promise<TouchedDays> {
  const temporary = db.withTables<TouchedStarts & { touched_days: { contact_date: string } }>()
  await makeTemporary(
    db,
    'touched_days',
    temporary
      // Far fewer than starts, and the calendar is slow.
      .selectFrom(
        temporary
          .selectFrom('touched_starts')
          .select((eb) => dialect.quarterHour(eb.ref('started_at')).as('quarter_hour'))
          .distinct()
          .as('q'),
      )
      .select((eb) =>
        dialect
          .localDay(dialect.quarterHourStart(eb.ref('q.quarter_hour')), options.reportingTimeZone)
          .as('contact_date'),
      )
      .distinct(),
  )
  const rows = await temporary.selectFrom('touched_days').select('contact_date').orderBy('contact_date').execute()
  const days = rows.map(({ contact_date }) => String(contact_date).slice(0, 10))
  await db
    .deleteFrom('daily_counts')
    .where('contact_date', 'in', temporary.selectFrom('touched_days').select('contact_date') as never)
    .execute()
  for (const { from, through } of runsOf(days)) {
    await insertDaysOfCounts({ db, dialect }, options, { table: 'touched_days', from, through })
  }
  await dropTemporary(db, 'touched_days')
  return { first: days[0] ?? null, last: days.at(-1) ?? null, count: days.length }
}

/** The days, in order, as runs without a wide gap. */
function runsOf(days: readonly string[]): { from: string; through: string }[] {
  const runs: { from: string; through: string }[] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last !== undefined && Date.parse(day) - Date.parse(last.through) <= nearDays * dayMilliseconds) {
      last.through = day
    } else runs.push({ from: day, through: day })
  }
  const [first, last] = [runs[0], runs.at(-1)]
  if (runs.length <= mostRuns || first === undefined || last === undefined) return runs
  return [{ from: first.from, through: last.through }]
}
