import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type BuildModelsOptions, buildModels } from '#models/build-models.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { temporaryFolder } from './warehouse/temporary-folder.ts'

type Table =
  | 'interactions'
  | 'escalations'
  | 'qa_reviews'
  | 'csat_responses'
  | 'change_events'
  | 'sampling_frames'
  | 'levels_in_force'
export type Facts = { [T in Table]?: Partial<WarehouseSchema[T]>[] }

const lineage = { load_id: 'l', source_file: 'f', source_row: 1, loaded_at: new Date('2026-01-01T00:00:00Z') }
const source = 's'

const defaults: { [T in Table]: Partial<WarehouseSchema[T]> } = {
  interactions: { source, interaction_type: 't', channel: 'chat', handled_by: 'ai', ...lineage },
  escalations: { source, reason: 'other', ...lineage },
  qa_reviews: { source, reviewer_id: 'r', reviewer_kind: 'human', sampling: 'random', ...lineage },
  csat_responses: { source, scale: 'five_point', ...lineage },
  change_events: { source, kind: 'model', ...lineage },
  sampling_frames: { source, month: '2026-09', interaction_type: 't', ...lineage },
  levels_in_force: {},
}

/** A real warehouse of its own holding these facts, models not yet built; closed when the test is over. */
export async function factsIn(facts: Facts): Promise<Warehouse> {
  const warehouse = await openWarehouse(join(await temporaryFolder(), 'w.duckdb'), { mode: 'write' })
  onTestFinished(() => warehouse.close())
  await createSchema(warehouse)
  await replaceFacts(warehouse, facts)
  return warehouse
}

export async function replaceFacts(warehouse: Warehouse, facts: Facts): Promise<void> {
  for (const table of Object.keys(defaults) as Table[]) await warehouse.db.deleteFrom(table).execute()
  await insertFacts(warehouse, facts)
}

export async function insertFacts(warehouse: Warehouse, facts: Facts): Promise<void> {
  for (const table of Object.keys(defaults) as Table[]) {
    const rows = (facts[table] ?? []).map((row) => ({ ...defaults[table], ...row }))
    // Rows differ in the columns they set: Kysely fills the others with DEFAULT.
    if (rows.length > 0)
      await warehouse.db
        .insertInto(table)
        .values(rows as never)
        .execute()
  }
}

/** The same with the models built. */
export async function warehouseOf(facts: Facts, options: Partial<BuildModelsOptions> = {}): Promise<Warehouse> {
  const warehouse = await factsIn(facts)
  await buildModels(warehouse, {
    reportingTimeZone: 'UTC',
    now: new Date('2026-12-01T00:00:00Z'),
    ...options,
  })
  return warehouse
}
