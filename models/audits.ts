import type { ExpressionBuilder, Kysely, SelectQueryBuilder } from 'kysely'
import { isCounted } from './contacts/counting-interactions.ts'
import { type EntityName, entities, entityNames } from './contract/entities.ts'
import { contactCountColumns, countContacts } from './daily/count-contacts.ts'
import type { TouchedDays } from './incremental/update-daily-counts.ts'
import { metricIds, metrics } from './metrics.ts'
import { listMetricsApart } from './monthly/list-metrics-apart.ts'
import { metricParts } from './monthly/metric-parts.ts'
import { parseMonth } from './reporting-month.ts'
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

type AuditedWarehouse = Pick<Warehouse, 'db' | 'dialect'>
type Audit = (warehouse: AuditedWarehouse, days: TouchedDays | null) => Promise<AuditFailure[]>

/**
 * Everything that must hold before a snapshot is published; empty when it does. Reads only. With the days that an
 * incremental build counted anew, what hangs on contacts is held against the counts of those days and of the month
 * before them only: the others were audited when they were built, and no window of repeat contact reaches back farther.
 */
export async function runAudits(warehouse: AuditedWarehouse, days: TouchedDays | null = null): Promise<AuditFailure[]> {
  const failures: AuditFailure[] = []
  for (const audit of audits) failures.push(...(await audit(warehouse, days)))
  return failures
}

/** Farther back than any window of repeat contact, so that a day which a build should have counted anew is found too. */
const auditedDaysBefore = 31
const dayMilliseconds = 24 * 60 * 60 * 1000

const audits: readonly Audit[] = [
  naturalKeysAreUnique,
  factsHaveTheirInteraction,
  loadCountsAddUp,
  contactsAndDailyCountsAddUp,
  monthlyVolumeAddsUp,
  monthlyNumbersAddUp,
  sharesAreShares,
  noDataHasNoValue,
  monthlyKeysAreUnique,
]

/** Suspects first, by a hash of the key: grouping whole keys of ten million rows takes several times as long. */
async function naturalKeysAreUnique({ db, dialect }: AuditedWarehouse): Promise<AuditFailure[]> {
  const failures: AuditFailure[] = []
  for (const name of entityNames) {
    const key = entities[name].key
    const facts = db.selectFrom(name as 'interactions')
    const hashed = (eb: ExpressionBuilder<WarehouseSchema, 'interactions'>) =>
      dialect.hash(eb.ref(key as 'interaction_id'))
    const suspects = facts
      .select((eb) => hashed(eb).as('key_hash'))
      .groupBy('key_hash')
      .having((eb) => eb.fn.countAll<number>(), '>', 1)
    const duplicates = facts
      .select('source')
      .where((eb) => eb(hashed(eb), 'in', suspects))
      .groupBy(['source', key as 'interaction_id'])
      .having((eb) => eb.fn.countAll<number>(), '>', 1)
    failures.push(
      ...report('natural_key', `${name} holds the same (source, ${key}) more than once`, await rowsOf(db, duplicates)),
    )
  }
  return failures
}

async function factsHaveTheirInteraction({ db }: AuditedWarehouse): Promise<AuditFailure[]> {
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

async function loadCountsAddUp({ db }: AuditedWarehouse): Promise<AuditFailure[]> {
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

/** Volume by all facts; what hangs on contacts by one reading of them, the dearest of all audits, around `days`. */
async function contactsAndDailyCountsAddUp(
  { db, dialect }: AuditedWarehouse,
  days: TouchedDays | null,
): Promise<AuditFailure[]> {
  const counted = await rowsOf(db, db.selectFrom('interactions').select('source').where(isCounted))
  const all = await db
    .selectFrom('daily_counts')
    .select((eb) => total(eb, 'contact_count').as('contact_count'))
    .executeTakeFirstOrThrow()
  const notCounted = report(
    'contacts_reconcile',
    `${counted} interactions are to be counted, but daily_counts holds ${all.contact_count} (overlapping levels in force would double them)`,
    Math.abs(counted - Number(all.contact_count)),
  )

  // A load that changed nothing leaves nothing to read again.
  if (days?.count === 0) return notCounted
  const span = days === null ? null : auditedSpan(days)
  const contacts = await countContacts({ db, dialect }, span)
  const daily = await db
    .selectFrom('daily_counts')
    .$if(span !== null, (q) =>
      q.where((eb) => eb.between('contact_date', dialect.day(span?.from ?? ''), dialect.day(span?.through ?? ''))),
    )
    .select((eb) => contactCountColumns.map((column) => total(eb, column).as(column)))
    .executeTakeFirstOrThrow()
  const apart = contactCountColumns.flatMap((column) =>
    report(
      'daily_reconcile',
      `daily_counts.${column} sums to ${daily[column]}, contacts give ${contacts[column]}`,
      Math.abs(Number(daily[column]) - contacts[column]),
    ),
  )
  return [...notCounted, ...apart]
}

/** From a month before the first touched day through the last one. */
function auditedSpan({ first, last }: TouchedDays): { from: string; through: string } | null {
  if (first === null || last === null) return null
  const from = new Date(Date.parse(first) - auditedDaysBefore * dayMilliseconds)
  return { from: from.toISOString().slice(0, 10), through: last }
}

async function monthlyVolumeAddsUp({ db }: AuditedWarehouse): Promise<AuditFailure[]> {
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

/** Every number of the catalogue by a second road. Of the touched months, where some are. */
async function monthlyNumbersAddUp(warehouse: AuditedWarehouse, days: TouchedDays | null): Promise<AuditFailure[]> {
  if (days?.count === 0) return []
  const span = days === null ? null : auditedSpan(days)
  const apart = await listMetricsApart(warehouse, span === null ? null : parseMonth(span.from.slice(0, 7)))
  return report(
    'monthly_reconcile',
    `monthly numbers differ from the daily counts of their months: ${apart.join(', ')}`,
    apart.length,
  )
}

async function sharesAreShares({ db }: AuditedWarehouse): Promise<AuditFailure[]> {
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
        eb('lower', '<', 0),
        eb('upper', '>', 1),
      ]),
    )
  return report('shares', 'a monthly share lies outside 0..1 or outside its own interval', await rowsOf(db, wrong))
}

/** Never 0 % of nothing; and what was counted is shown. Plain counts have no denominator. */
async function noDataHasNoValue({ db }: AuditedWarehouse): Promise<AuditFailure[]> {
  const counts = metricIds.filter((metric) => metricParts[metric].denominator === null)
  const wrong = db
    .selectFrom('monthly_metrics')
    .select('metric')
    .where('metric', 'not in', counts)
    .where((eb) =>
      eb.or([
        eb.and([eb('denominator', '=', 0), eb('value', 'is not', null)]),
        eb.and([eb('denominator', '>', 0), eb('value', 'is', null)]),
      ]),
    )
  return report('no_data', 'a monthly number has a value without data, or none with data', await rowsOf(db, wrong))
}

async function monthlyKeysAreUnique({ db }: AuditedWarehouse): Promise<AuditFailure[]> {
  const duplicates = db
    .selectFrom('monthly_metrics')
    .select('metric')
    .groupBy(['contact_month', 'interaction_type', 'metric', 'cohort', 'scale'])
    .having((eb) => eb.fn.countAll<number>(), '>', 1)
  return report('monthly_key', 'monthly_metrics holds the same number more than once', await rowsOf(db, duplicates))
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
