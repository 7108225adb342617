import { buildContacts } from './contacts/build-contacts.ts'
import { contactsCountedAtOnce } from './contacts/contact-slices.ts'
import { buildContactStages, contactStageNames, contactsStagedAtOnce } from './contacts/stage-contacts.ts'
import { buildDailyCounts } from './daily/build-daily-counts.ts'
import { countFacts } from './incremental/count-facts.ts'
import { foundationHash } from './incremental/foundation-hash.ts'
import type { TouchedDays } from './incremental/update-daily-counts.ts'
import { updateModels } from './incremental/update-models.ts'
import { whyFullBuild } from './incremental/why-full-build.ts'
import { loadedThrough, type SourceReach, type Watermarks } from './loaded-through.ts'
import { listSourceReaches } from './loads/list-source-reaches.ts'
import { metricIds, metrics } from './metrics.ts'
import { buildMonthlyAiVersions } from './monthly/build-monthly-ai-versions.ts'
import { buildMonthlyMetrics } from './monthly/build-monthly-metrics.ts'
import { listMonths } from './monthly/list-months.ts'
import { type Month, monthOf, parseMonth } from './reporting-month.ts'
import { createSchema } from './warehouse/create-schema.ts'
import type { Warehouse } from './warehouse/open-warehouse.ts'
import { buildWeeklyCounts } from './weekly/build-weekly-counts.ts'

export interface BuildModelsOptions {
  /** IANA name; months and days are in this zone. */
  reportingTimeZone: string
  now: Date
  /** Overrides how far the facts are taken to reach, to recompute what was known at an earlier time. */
  watermark?: Date
  /** The load whose rows, with `replaced_facts`, are all that changed since the models were built; absent: all is built. */
  changedBy?: string
  /** Contacts that are worked on at once, about, in place of what bounds the memory of a full build. */
  contactsAtOnce?: number
}

/** Later than this after its end no number of a month changes by itself. */
const settlingMilliseconds = Math.max(...metricIds.map((id) => metrics[id].maturityHours)) * 60 * 60 * 1000

export interface ModelBuild {
  /** Null when only what the load touched was computed; else why everything was, in words for the operator. */
  fullBecause: string | null
  /** Days whose counts were computed; null when all were. */
  days: TouchedDays | null
}

const stages = contactStageNames
const counts = ['daily_counts', 'weekly_counts', 'monthly_metrics', 'monthly_ai_versions'] as const

/**
 * Builds every model from the facts and the levels in force: contacts, daily counts, monthly metrics, AI versions, and
 * how far the snapshot reaches. With `changedBy` and models of the same foundation, only the days that the load touched
 * are computed; the result is the same. It depends on the facts, the levels and the options only.
 */
export async function buildModels(warehouse: Warehouse, options: BuildModelsOptions): Promise<ModelBuild> {
  const { db } = warehouse
  await createSchema(warehouse)
  const { reportingTimeZone } = options
  const reach =
    options.watermark === undefined
      ? loadedThrough(await listSourceReaches(db), options)
      : loadedThrough([knownThrough(options.watermark)], { ...options, now: options.watermark })
  const contacts = { reportingTimeZone, watermark: reach.observedThrough }
  const foundation = await foundationHash(warehouse, reportingTimeZone)
  const fullBecause = await whyFullBuild(db, options.changedBy, foundation, reach)
  const before = await db.selectFrom('model_build').selectAll().executeTakeFirst()

  let days: TouchedDays | null = null
  let monthsFrom: Month | null = null
  if (fullBecause !== null || before === undefined || contacts.watermark === null || options.changedBy === undefined) {
    // Dropped rather than emptied, so that the file gives the space back.
    for (const table of [...stages, ...counts]) await db.schema.dropTable(table).ifExists().execute()
    await createSchema(warehouse)
    await buildContactStages(warehouse, options.contactsAtOnce ?? contactsStagedAtOnce)
    await buildContacts(warehouse, contacts)
    await buildDailyCounts(warehouse, contacts, options.contactsAtOnce ?? contactsCountedAtOnce)
  } else {
    await buildContacts(warehouse, contacts)
    days = await updateModels(
      warehouse,
      options.changedBy,
      { ...contacts, watermark: contacts.watermark },
      before.observed_through,
    )
    monthsFrom = firstOpenMonth(
      [before.observed_through, before.loaded_through, reach.observedThrough, reach.loadedThrough],
      days.first,
      reportingTimeZone,
    )
    // A frame says how much a review of any month stands for, and no contact changes with it.
    if (await bringsFrames(db, options.changedBy)) monthsFrom = (await listMonths(db))[0] ?? monthsFrom
    for (const table of ['weekly_counts', 'monthly_ai_versions'] as const) await db.deleteFrom(table).execute()
  }
  await buildWeeklyCounts(warehouse)
  await buildMonthlyMetrics(warehouse, {
    reportingTimeZone,
    loadedThrough: reach.loadedThrough,
    observedThrough: reach.observedThrough,
    from: monthsFrom,
  })
  await buildMonthlyAiVersions(warehouse)
  await recordBuild(warehouse, options, reach, foundation)
  return { fullBecause, days }
}

async function bringsFrames(db: Warehouse['db'], loadId: string): Promise<boolean> {
  const frame = await db
    .selectFrom('sampling_frames')
    .select('load_id')
    .where('load_id', '=', loadId)
    .limit(1)
    .execute()
  return frame.length > 0
}

/** The first month of which a number may be another one: one that is touched, or was or is not settled. */
function firstOpenMonth(
  reached: readonly (Date | null)[],
  firstDay: string | null,
  reportingTimeZone: string,
): Month | null {
  const times = reached.flatMap((each) => (each === null ? [] : [each.getTime()]))
  if (times.length < reached.length) return null
  const open = monthOf(new Date(Math.min(...times) - settlingMilliseconds), reportingTimeZone)
  const touched = firstDay === null ? open : parseMonth(firstDay.slice(0, 7))
  return [touched, open].sort()[0] ?? open
}

async function recordBuild(
  { db }: Warehouse,
  options: BuildModelsOptions,
  reach: Watermarks,
  foundation: string,
): Promise<void> {
  await db.deleteFrom('replaced_facts').execute()
  await db.deleteFrom('model_build').execute()
  if (reach.observedThrough !== null && reach.loadedThrough !== null) {
    await db
      .insertInto('model_build')
      .values({
        foundation_sha256: foundation,
        observed_through: reach.observedThrough,
        loaded_through: reach.loadedThrough,
        fact_counts: JSON.stringify(await countFacts(db)),
      })
      .execute()
  }
  const previous = await db.selectFrom('snapshot_info').select('snapshot_id').executeTakeFirst()
  await db.deleteFrom('snapshot_info').execute()
  await db
    .insertInto('snapshot_info')
    .values({
      snapshot_id: previous?.snapshot_id ?? 1,
      created_at: options.now,
      reporting_time_zone: options.reportingTimeZone,
      loaded_through: reach.loadedThrough,
      mature_through: reach.matureThrough,
    })
    .execute()
}

/** All facts as one source that was loaded through an instant. */
function knownThrough(through: Date): SourceReach {
  return { source: 'all', isLive: true, through, isDeclared: true }
}
