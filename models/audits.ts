import type { Expression, ExpressionBuilder, Kysely, SelectQueryBuilder, SqlBool } from 'kysely'
import { isCounted } from './contacts/counting-interactions.ts'
import { type EntityName, entities, entityNames } from './contract/entities.ts'
import { metricIds, metrics } from './metrics.ts'
import type { Warehouse } from './warehouse/open-warehouse.ts'
import type { WarehouseSchema } from './warehouse/warehouse-schema.ts'

/** A broken promise of the warehouse: it must not be published. */
export interface AuditFailure {
  /** Stable short name. */
  audit: string
  /** What is wrong, for the operator. */
  message: string
  /** Rows that break it. */
  rowCount: number
}

type Audit = (db: Kysely<WarehouseSchema>) => Promise<AuditFailure[]>

/** Everything that must hold before a snapshot is published; empty when it does. Reads only. */
export async function runAudits(warehouse: Pick<Warehouse, 'db'>): Promise<AuditFailure[]> {
  const failures: AuditFailure[] = []
  for (const audit of audits) failures.push(...(await audit(warehouse.db)))
  return failures
}

const audits: readonly Audit[] = [
  naturalKeysAreUnique,
  factsHaveTheirInteraction,
  loadCountsAddUp,
  contactsAndDailyCountsAddUp,
  monthlyVolumeAddsUp,
  sharesAreShares,
  monthlyKeysAreUnique,
]

async function naturalKeysAreUnique(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const failures: AuditFailure[] = []
  for (const name of entityNames) {
    const key = entities[name].key
    const duplicates = db
      .selectFrom(name as 'interactions')
      .select('source')
      .groupBy(['source', key as 'interaction_id'])
      .having((eb) => eb.fn.countAll<number>(), '>', 1)
    failures.push(
      ...report('natural_key', `${name} holds the same (source, ${key}) more than once`, await rowsOf(db, duplicates)),
    )
  }
  return failures
}

async function factsHaveTheirInteraction(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const failures: AuditFailure[] = []
  for (const name of entityNames.filter((each: EntityName) => entities[each].parent !== null)) {
    const orphans = db
      .selectFrom(`${name as 'escalations'} as f`)
      .leftJoin('interactions as i', (on) =>
        on.onRef('i.source', '=', 'f.source').onRef('i.interaction_id', '=', 'f.interaction_id'),
      )
      .where('i.interaction_id', 'is', null)
      .select('f.source')
    failures.push(...report('orphans', `${name} holds rows whose interaction is not loaded`, await rowsOf(db, orphans)))
  }
  return failures
}

async function loadCountsAddUp(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const wrong = db
    .selectFrom('load_counts')
    .select('load_id')
    .where((eb) => {
      const accounted = eb(
        eb(eb('loaded_count', '+', eb.ref('unchanged_count')), '+', eb.ref('superseded_count')),
        '+',
        eb.ref('quarantined_count'),
      )
      return eb('read_count', '!=', accounted)
    })
  return report(
    'load_counts',
    'a load read more or fewer rows than it loaded, found unchanged, superseded and quarantined',
    await rowsOf(db, wrong),
  )
}

/** One reading of the contacts for both: it is the dearest of all audits. */
async function contactsAndDailyCountsAddUp(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const counted = await rowsOf(db, db.selectFrom('interactions').select('source').where(isCounted))
  const contacts = await db
    .selectFrom('contacts')
    .select((eb) => [
      eb.fn.countAll<number>().as('contact_count'),
      countOf(eb, eb('is_escalated', '=', eb.lit(true))).as('escalated_count'),
      countOf(eb, eb('is_random_reviewed', '=', eb.lit(true))).as('random_reviewed_count'),
      countOf(eb, eb('is_csat_answered', '=', eb.lit(true))).as('csat_answered_count'),
      countOf(eb, eb('is_repeat_demand', '=', eb.lit(true))).as('repeat_demand_count'),
    ])
    .executeTakeFirstOrThrow()
  const notCounted = report(
    'contacts_reconcile',
    `${counted} interactions are to be counted, but contacts holds ${contacts.contact_count} rows (overlapping levels in force would double them)`,
    Math.abs(counted - contacts.contact_count),
  )
  const daily = await db
    .selectFrom('daily_counts')
    .select((eb) => (Object.keys(contacts) as (keyof typeof contacts)[]).map((column) => total(eb, column).as(column)))
    .executeTakeFirstOrThrow()
  const apart = (Object.keys(contacts) as (keyof typeof contacts)[]).flatMap((column) =>
    report(
      'daily_reconcile',
      `daily_counts.${column} sums to ${daily[column]}, contacts give ${contacts[column]}`,
      Math.abs(Number(daily[column]) - Number(contacts[column])),
    ),
  )
  return [...notCounted, ...apart]
}

async function monthlyVolumeAddsUp(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const daily = db
    .selectFrom('daily_counts')
    .select(['contact_month', 'interaction_type'])
    .select((eb) => eb.fn.sum<number>('contact_count').as('contact_count'))
    .groupBy(['contact_month', 'interaction_type'])
  const monthly = db
    .selectFrom('monthly_metrics')
    .select(['contact_month', 'interaction_type', 'numerator'])
    .where('metric', '=', 'volume')
    .where('cohort', '=', 'all')
  const different = db
    .selectFrom(daily.as('d'))
    .fullJoin(monthly.as('m'), (on) =>
      on.onRef('m.contact_month', '=', 'd.contact_month').onRef('m.interaction_type', '=', 'd.interaction_type'),
    )
    .where((eb) =>
      eb.or([
        eb('d.contact_count', 'is', null),
        eb('m.numerator', 'is', null),
        eb('d.contact_count', '!=', eb.ref('m.numerator')),
      ]),
    )
    .select('d.interaction_type')
  return report(
    'monthly_reconcile',
    'monthly volume differs from the daily counts of the same month and type',
    await rowsOf(db, different),
  )
}

async function sharesAreShares(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const noShares = metricIds.filter((metric) => metrics[metric].unit !== 'share')
  const wrong = db
    .selectFrom('monthly_metrics')
    .select('metric')
    .where('metric', 'not in', noShares)
    .where((eb) =>
      eb.or([
        eb('value', '<', 0),
        eb('value', '>', 1),
        eb('numerator', '>', eb.ref('denominator')),
        eb('lower', '>', eb.ref('value')),
        eb('upper', '<', eb.ref('value')),
      ]),
    )
  return report('shares', 'a monthly share lies outside 0..1 or outside its own interval', await rowsOf(db, wrong))
}

async function monthlyKeysAreUnique(db: Kysely<WarehouseSchema>): Promise<AuditFailure[]> {
  const duplicates = db
    .selectFrom('monthly_metrics')
    .select('metric')
    .groupBy(['contact_month', 'interaction_type', 'metric', 'cohort', 'scale'])
    .having((eb) => eb.fn.countAll<number>(), '>', 1)
  return report('monthly_key', 'monthly_metrics holds the same number more than once', await rowsOf(db, duplicates))
}

function countOf(eb: ExpressionBuilder<WarehouseSchema, 'contacts'>, condition: Expression<SqlBool>) {
  return eb.fn.count<number>(eb.case().when(condition).then(eb.lit(1)).end())
}

function total(
  eb: ExpressionBuilder<WarehouseSchema, 'daily_counts'>,
  column: Extract<keyof WarehouseSchema['daily_counts'], `${string}_count`>,
) {
  return eb.fn.coalesce(eb.fn.sum<number>(column), eb.lit(0))
}

async function rowsOf(db: Kysely<WarehouseSchema>, query: SelectQueryBuilder<never, never, object>) {
  const row = await db
    .selectFrom((query as never as SelectQueryBuilder<WarehouseSchema, 'loads', object>).as('found'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function report(audit: string, message: string, rowCount: number): AuditFailure[] {
  return rowCount === 0 ? [] : [{ audit, message, rowCount }]
}
