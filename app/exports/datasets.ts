import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'

/** What can be exported. `interactions` has the contract's rows with everything that the models say about them. */
export const datasetNames = [
  'interactions',
  'monthly_metrics',
  'daily_counts',
  'monthly_ai_versions',
  ...entityNames.filter((name) => name !== 'interactions'),
] as const

export type DatasetName =
  | 'interactions'
  | 'monthly_metrics'
  | 'daily_counts'
  | 'monthly_ai_versions'
  | Exclude<EntityName, 'interactions'>

/** Whether its rows are single contacts of customers; the others are counts, or about no customer. */
export function holdsSingleCustomers(name: DatasetName): boolean {
  return ['interactions', 'escalations', 'qa_reviews', 'csat_responses'].includes(name)
}

/** Throws bad_input with the names there are. */
export function parseDatasetName(text: string): DatasetName {
  const name = datasetNames.find((candidate) => candidate === text)
  if (name === undefined) {
    throw new OversightError('bad_input', `There is no dataset "${text}". Datasets: ${datasetNames.join(', ')}.`)
  }
  return name
}

/**
 * The query of a dataset, without parameters, in a stable order. Removed records are left out everywhere; test traffic
 * is left out of what is counted (interactions and the metrics).
 */
export function datasetQuery(db: Kysely<WarehouseSchema>, name: DatasetName): CompiledQuery {
  switch (name) {
    case 'interactions':
      return interactionsQuery(db).compile()
    case 'monthly_metrics':
      return db
        .selectFrom('monthly_metrics')
        .selectAll()
        .orderBy('contact_month')
        .orderBy('interaction_type')
        .orderBy('metric')
        .orderBy('cohort')
        .orderBy('scale')
        .compile()
    case 'daily_counts':
      return db
        .selectFrom('daily_counts')
        .selectAll()
        .orderBy('contact_date')
        .orderBy('interaction_type')
        .orderBy('channel')
        .orderBy('handled_by')
        .orderBy('customer_tier')
        .orderBy('ai_version')
        .orderBy('csat_scale')
        .compile()
    case 'monthly_ai_versions':
      return db
        .selectFrom('monthly_ai_versions')
        .selectAll()
        .orderBy('contact_month')
        .orderBy('interaction_type')
        .orderBy('ai_version')
        .compile()
    case 'escalations':
      return db.selectFrom('escalations').selectAll().where(isKept).orderBy('source').orderBy('escalation_id').compile()
    case 'qa_reviews':
      return db.selectFrom('qa_reviews').selectAll().where(isKept).orderBy('source').orderBy('review_id').compile()
    case 'csat_responses':
      return db
        .selectFrom('csat_responses')
        .selectAll()
        .where(isKept)
        .orderBy('source')
        .orderBy('response_id')
        .compile()
    case 'sampling_frames':
      return db.selectFrom('sampling_frames').selectAll().where(isKept).orderBy('source').orderBy('frame_id').compile()
    case 'change_events':
      return db.selectFrom('change_events').selectAll().where(isKept).orderBy('source').orderBy('change_id').compile()
  }
}

/** Not a tombstone. */
const isKept = sql<boolean>`coalesce(is_deleted, false) = false`

function interactionsQuery(db: Kysely<WarehouseSchema>) {
  return db
    .selectFrom('contacts')
    .innerJoin('interactions', (join) =>
      join
        .onRef('interactions.source', '=', 'contacts.source')
        .onRef('interactions.interaction_id', '=', 'contacts.interaction_id'),
    )
    .selectAll('contacts')
    .select(['interactions.source_file', 'interactions.source_row', 'interactions.load_id'])
    .select((eb) => eb('contacts.label_review_id', 'is not', null).as('is_reviewed'))
    .orderBy('contacts.source')
    .orderBy('contacts.interaction_id')
}
