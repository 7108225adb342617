import type { DuckDBConnection } from '@duckdb/node-api'
import type { EntityName } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { completeThrough } from '#models/reporting-month.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { SourceFolder } from './source-folder.ts'
import { sqlIdentifier } from './sql-literal.ts'
import type { Stage } from './stage-entity.ts'

/** The columns that tell when something happened, the latest first. Changes happen when they do: they bound nothing. */
const eventColumns: Partial<Record<EntityName, readonly string[]>> = {
  interactions: ['ended_at', 'started_at'],
  escalations: ['escalated_at'],
  qa_reviews: ['reviewed_at', 'sampled_at'],
  csat_responses: ['responded_at', 'offered_at'],
}

/** Latest event of each source (as the rows name it) in one load. */
export type LastEvents = Map<string, Date>

/** What a load says about until where its source is complete, once per load. */
export interface Declaration {
  isLive: boolean
  /** Never later than the load itself. */
  through: Date | null
  warnings: string[]
}

/** Adds the latest events of the sound staged rows of one entity. */
export async function collectLastEvents(connection: DuckDBConnection, stage: Stage, events: LastEvents): Promise<void> {
  const columns = eventColumns[stage.entity]
  if (columns === undefined) return
  const reader =
    await connection.runAndReadAll(`SELECT source, epoch_ms(max(coalesce(${columns.map(sqlIdentifier).join(', ')})))
    FROM ${stage.table} WHERE fault IS NULL GROUP BY source`)
  for (const [source, milliseconds] of reader.getRows()) {
    if (milliseconds === null) continue
    const last = new Date(Number(milliseconds))
    const before = events.get(String(source))
    if (before === undefined || before < last) events.set(String(source), last)
  }
}

/**
 * Until where this load is complete: what the call says, else the source (a constant, or the latest value of a column of
 * one of its raw relations). A declaration that lies ahead counts as now, with a warning.
 * Throws bad_input when the source's constant is neither a day nor an instant, or its column does not read as instants.
 */
export async function readDeclaration(
  connection: DuckDBConnection,
  source: SourceFolder,
  load: {
    now: Date
    reportingTimeZone: string
    isLive?: boolean | undefined
    through?: string | undefined
    repeatedLoadId: string | undefined
  },
): Promise<Declaration> {
  const isLive = load.isLive ?? source.live
  const text = load.through ?? (await declaredText(connection, source, load.repeatedLoadId))
  if (text === null) return { isLive, through: null, warnings: [] }
  const through = completeThrough(text, load.reportingTimeZone)
  if (through === null) {
    throw new OversightError(
      'bad_input',
      `Source ${source.name} is declared complete through "${text}", which is neither a day (2026-10-31) nor an instant with offset (2026-10-31T18:00:00Z).`,
    )
  }
  if (through <= load.now) return { isLive, through, warnings: [] }
  return {
    isLive,
    through: load.now,
    warnings: [
      `Source ${source.name} is declared complete through ${text}, which lies ahead; the time of the load is taken.`,
    ],
  }
}

async function declaredText(
  connection: DuckDBConnection,
  source: SourceFolder,
  repeatedLoadId: string | undefined,
): Promise<string | null> {
  const declared = source.loadedThrough
  if (typeof declared === 'string') return declared
  if (repeatedLoadId !== undefined) {
    // Its files were not read again, so what they or the call declared then still holds.
    const reader = await connection.runAndReadAll(
      'SELECT epoch_ms(max(declared_through)) FROM load_sources WHERE load_id = $1',
      [repeatedLoadId],
    )
    return isoText(reader.getRows()[0]?.[0])
  }
  if (declared === undefined) return null
  const relation = `staging.raw.${sqlIdentifier(declared.relation)}`
  const value = `CAST(${sqlIdentifier(declared.column)} AS VARCHAR)`
  let row: unknown[] | undefined
  try {
    const reader = await connection.runAndReadAll(`SELECT epoch_ms(max(try_cast(${value} AS TIMESTAMPTZ))),
      count(*) FILTER (WHERE ${value} <> '' AND try_cast(${value} AS TIMESTAMPTZ) IS NULL) FROM ${relation}`)
    row = reader.getRows()[0]
  } catch (cause) {
    throw new OversightError(
      'bad_input',
      `loadedThrough of source ${source.name} cannot be read from column ${declared.column} of ${declared.relation}: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
  }
  if (Number(row?.[1] ?? 0) > 0) {
    throw new OversightError(
      'bad_input',
      `loadedThrough of source ${source.name}: column ${declared.column} of ${declared.relation} has ${row?.[1]} values that are no instants. Declare its format under "instants".`,
    )
  }
  return isoText(row?.[0])
}

function isoText(milliseconds: unknown): string | null {
  return milliseconds === null || milliseconds === undefined ? null : new Date(Number(milliseconds)).toISOString()
}

/** Warnings for sources with events after the end that was declared for them. */
export function overrunWarnings(events: LastEvents, { through }: Declaration): string[] {
  if (through === null) return []
  return [...events]
    .filter(([, last]) => last > through)
    .map(
      ([source, last]) =>
        `${source} is declared complete through ${through.toISOString()}, but its latest event is of ${last.toISOString()}; the declaration counts.`,
    )
}

/**
 * Writes down how far the load reaches in each of its sources. A load of files that were loaded before brings the
 * sources of that load.
 */
export async function recordReach(
  { db }: Pick<Warehouse, 'db'>,
  loadId: string,
  events: LastEvents,
  declaration: Declaration,
): Promise<void> {
  if (events.size === 0) return
  await db
    .insertInto('load_sources')
    .values(
      [...events].map(([source, last]) => ({
        load_id: loadId,
        source,
        is_live: declaration.isLive,
        declared_through: declaration.through,
        last_event: last,
      })),
    )
    .execute()
}

/** The latest events of an earlier load, by source. */
export async function lastEventsOfLoad({ db }: Pick<Warehouse, 'db'>, loadId: string): Promise<LastEvents> {
  const rows = await db
    .selectFrom('load_sources')
    .select(['source', 'last_event'])
    .where('load_id', '=', loadId)
    .execute()
  return new Map(rows.map((row) => [row.source, row.last_event]))
}
