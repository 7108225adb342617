import { buildContacts } from './contacts/build-contacts.ts'
import { buildDailyCounts } from './daily/build-daily-counts.ts'
import { loadedThrough, type SourceReach } from './loaded-through.ts'
import { listSourceReaches } from './loads/list-source-reaches.ts'
import { buildMonthlyAiVersions } from './monthly/build-monthly-ai-versions.ts'
import { buildMonthlyMetrics } from './monthly/build-monthly-metrics.ts'
import { createSchema } from './warehouse/create-schema.ts'
import type { Warehouse } from './warehouse/open-warehouse.ts'
import { buildWeeklyCounts } from './weekly/build-weekly-counts.ts'

export interface BuildModelsOptions {
  /** IANA name; months and days are in this zone. */
  reportingTimeZone: string
  now: Date
  /** Overrides how far the facts are taken to reach, to recompute what was known at an earlier time. */
  watermark?: Date
}

const modelTables = ['contacts', 'daily_counts', 'weekly_counts', 'monthly_metrics', 'monthly_ai_versions'] as const

/**
 * (Re)builds every model from the facts and the levels in force: contacts, daily counts, monthly metrics, AI versions,
 * and how far the snapshot reaches. Set-based; the result depends on the facts, the levels and the options only.
 */
export async function buildModels(warehouse: Warehouse, options: BuildModelsOptions): Promise<void> {
  const { db } = warehouse
  // Dropped rather than emptied, so that the file gives the space back.
  for (const table of modelTables) await db.schema.dropTable(table).ifExists().execute()
  await createSchema(warehouse)

  const reach =
    options.watermark === undefined
      ? loadedThrough(await listSourceReaches(db), options)
      : loadedThrough([knownThrough(options.watermark)], { ...options, now: options.watermark })
  await buildContacts(warehouse, {
    reportingTimeZone: options.reportingTimeZone,
    watermark: reach.observedThrough,
  })
  await buildDailyCounts(warehouse)
  await buildWeeklyCounts(warehouse)
  await buildMonthlyMetrics(warehouse, {
    reportingTimeZone: options.reportingTimeZone,
    loadedThrough: reach.loadedThrough,
    observedThrough: reach.observedThrough,
  })
  await buildMonthlyAiVersions(warehouse)

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
