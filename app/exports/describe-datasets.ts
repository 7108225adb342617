import { CompiledQuery, type Kysely } from 'kysely'
import { entityColumns } from '#models/contract/columns.ts'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { type DatasetName, datasetNames, datasetQuery } from './datasets.ts'

export interface DatasetDescription {
  name: DatasetName
  description: string
  rowCount: number
  /** As they are exported, in order; the description where the contract has one. */
  columns: readonly { name: string; type: string; description: string | null }[]
}

const descriptions: Readonly<Record<DatasetName, string>> = {
  interactions:
    'One row per counted contact: the facts of the contract with what the models say about it (review label, repeat contact, resolution, level in force). Test traffic and removed records are left out.',
  monthly_metrics:
    'One row per month, interaction type, metric, cohort and CSAT scale: numerator, denominator, value, interval, whether it is final, definition version.',
  daily_counts:
    'Additive counts per day, type, channel, who handled it, tier, AI version and CSAT scale. Sums are safe.',
  monthly_ai_versions: 'Contacts per month, interaction type and AI version, where the AI took part.',
  escalations: 'One row per hand-over from the AI to a person, as loaded.',
  qa_reviews: 'One row per review of a contact by one reviewer, as loaded; open reviews included.',
  csat_responses: 'One row per survey offered, answered or not, as loaded.',
  sampling_frames: 'One row per stratum from which the random reviews of a type and month were drawn, as loaded.',
  change_events: 'One row per change of model, prompt, knowledge, policy, routing or vendor definition, as loaded.',
}

const columnDescriptions = new Map(
  entityNames.flatMap((entity) =>
    entityColumns(entity).map(({ name, description }) => [`${entity} ${name}`, description]),
  ),
)

/** Every dataset of a snapshot, described from the query that exports it. */
export async function describeDatasets(db: Kysely<WarehouseSchema>): Promise<DatasetDescription[]> {
  return Promise.all(datasetNames.map((name) => describeDataset(db, name)))
}

async function describeDataset(db: Kysely<WarehouseSchema>, name: DatasetName): Promise<DatasetDescription> {
  const { sql } = datasetQuery(db, name)
  const [columns, rowCount] = await Promise.all([
    db.executeQuery<{ column_name: string; column_type: string }>(CompiledQuery.raw(`describe ${sql}`)),
    countDataset(db, name),
  ])
  const entity: EntityName | undefined = entityNames.find((candidate) => candidate === name)
  return {
    name,
    description: descriptions[name],
    rowCount,
    columns: columns.rows.map((column) => ({
      name: column.column_name,
      type: typeWords[column.column_type] ?? column.column_type.toLowerCase(),
      description: (entity && columnDescriptions.get(`${entity} ${column.column_name}`)) ?? null,
    })),
  }
}

/** How many rows an export of the dataset has. */
export async function countDataset(db: Kysely<WarehouseSchema>, name: DatasetName): Promise<number> {
  const { sql } = datasetQuery(db, name)
  const { rows } = await db.executeQuery<{ row_count: number }>(
    CompiledQuery.raw(`select count(*) as row_count from (${sql}) dataset`),
  )
  return Number(rows[0]?.row_count ?? 0)
}

const typeWords: Readonly<Record<string, string>> = {
  VARCHAR: 'text',
  'VARCHAR[]': 'list of texts',
  BIGINT: 'whole number',
  INTEGER: 'whole number',
  DOUBLE: 'number',
  BOOLEAN: 'true or false',
  DATE: 'day',
  'TIMESTAMP WITH TIME ZONE': 'instant, UTC',
}
