import { type CompiledQuery, Kysely } from 'kysely'
import { contactRows } from './contacts/contact-rows.ts'
import { contactStages } from './contacts/stage-contacts.ts'
import { entityNames } from './contract/entities.ts'
import { dailyCounts } from './daily/build-daily-counts.ts'
import type { CountColumn } from './daily/counted-contacts.ts'
import { type MetricDefinition, type MetricId, metrics } from './metrics.ts'
import { metricParts, type ReviewedProperty } from './monthly/metric-parts.ts'
import { monthCounts, type SumColumn } from './monthly/month-counts.ts'
import { OversightError } from './oversight-error.ts'
import { frameSizes, randomDraws } from './sampling/list-strata.ts'
import { DuckDbDialect } from './warehouse/duckdb-dialect.ts'
import { duckDbSql } from './warehouse/duckdb-sql.ts'
import type { SqlDialect } from './warehouse/sql-dialect.ts'
import { tableColumns } from './warehouse/table-columns.ts'
import type { WarehouseSchema } from './warehouse/warehouse-schema.ts'

export interface MetricExplanation {
  definition: MetricDefinition
  /** What the engine runs, from the facts to the month: the parts of the real queries that this metric needs. */
  steps: { table: string; sql: string }[]
  /** Which columns each step reads. */
  lineage: { table: string; reads: { table: string; columns: string[] }[] }[]
  /** How the value comes of the counts in months whose reviews have weights of their own; null where it never does. */
  weighting: { says: string; steps: { table: string; sql: string }[] } | null
}

function weighted(property: ReviewedProperty): string {
  const [value, limits] =
    property === 'score'
      ? ['mean score', "t limits of the strata's variances (Satterthwaite)"]
      : ['rate', 'MOVER limits on Wilson']
  return `In months whose random reviews state sampling frames, or chances that differ, the value is the ${value} of the strata, each weighted by the contacts it stands for (population / reviewed; without frames the sum of 1 / inclusion_probability), with ${limits}. The counts stay the reviews that were done; effective_size says how many equal ones would tell as much.`
}

/**
 * Where a metric comes from. The SQL is compiled from the very builders that build the models, narrowed to the columns
 * that the metric needs; nothing is run. `watermark`: until when events were observed.
 */
export function explainMetric(
  metric: MetricId,
  options: { reportingTimeZone: string; watermark: Date | null },
): MetricExplanation {
  const warehouse = { db: compileOnly(), dialect: duckDbSql }
  const columns = countsOf(metric)
  const monthly = monthCounts(warehouse, columns).compile()
  const daily = dailyCounts(warehouse, columns as never).compile()
  const contactColumns = columnsRead(daily).get('contacts') ?? new Set()
  const contacts = contactRows(warehouse.db, warehouse.dialect, options, { only: [...contactColumns] }).rows.compile()
  const queries = [
    ...contactStages(warehouse).map(({ table, query }) => ({ table: table as string, query: query.compile() })),
    { table: 'contacts', query: contacts },
    { table: 'daily_counts', query: daily },
    { table: 'monthly_metrics', query: monthly },
  ]
  const needed = neededFor('monthly_metrics', queries)
  const { reviewed } = metricParts[metric]
  const weighing = reviewed === undefined ? [] : weighingQueries(warehouse.db)
  return {
    definition: metrics[metric],
    steps: queries
      .filter(({ table }) => needed.has(table))
      .map(({ table, query }) => ({ table, sql: readable(query, warehouse.dialect) })),
    lineage: [...queries.filter(({ table }) => needed.has(table)), ...weighing].map(({ table, query }) => ({
      table,
      reads: [...columnsRead(query)].map(([from, read]) => ({ table: from, columns: [...read].sort() })),
    })),
    weighting:
      reviewed === undefined
        ? null
        : {
            says: weighted(reviewed),
            steps: weighing.map(({ table, query }) => ({ table, sql: readable(query, warehouse.dialect) })),
          },
  }
}

/** What tells how many contacts a random review stands for; see listStrata. */
function weighingQueries(db: Kysely<WarehouseSchema>) {
  return [
    { table: 'strata of frames', query: frameSizes(db).compile() },
    { table: 'strata of reviews', query: randomDraws(db).compile() },
  ]
}

function countsOf(metric: MetricId): SumColumn[] {
  const { numerator, denominator, mean, perDayOf } = metricParts[metric]
  const parts = [numerator, denominator, perDayOf].flatMap((part) =>
    part === null || part === undefined ? [] : [part],
  )
  const counts = parts.flatMap((part): CountColumn[] => [
    part.count,
    ...(part.without === undefined ? [] : [part.without]),
  ])
  return [
    ...new Set<SumColumn>([...counts, ...(mean === null ? [] : [mean.sum, ...(mean.squares ? [mean.squares] : [])])]),
  ]
}

/** The tables made on the way to `table`, itself included. */
function neededFor(table: string, queries: readonly { table: string; query: CompiledQuery }[]): Set<string> {
  const needed = new Set([table])
  for (const { table: made, query } of [...queries].reverse()) {
    if (!needed.has(made)) continue
    for (const read of columnsRead(query).keys()) needed.add(read)
  }
  return needed
}

/** Columns by table. A column without a table belongs to the table that its own SELECT reads. */
function columnsRead({ query }: CompiledQuery): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>()
  const visit = (node: unknown, scope: ReadonlyMap<string, string>) => {
    if (Array.isArray(node)) {
      for (const each of node) visit(each, scope)
      return
    }
    if (!isNode(node)) return
    if (node.kind === 'ReferenceNode') {
      const given = nameOf(node.table)
      const table = given === undefined ? [...scope.values()][0] : scope.get(given)
      const column = nameOf(node.column)
      if (table !== undefined && column !== undefined) read.set(table, (read.get(table) ?? new Set()).add(column))
      return
    }
    const inner = node.kind === 'SelectQueryNode' ? tablesOf(node) : scope
    for (const table of inner.values()) if (!read.has(table)) read.set(table, new Set())
    for (const member of Object.values(node)) visit(member, inner)
  }
  visit(query, new Map())
  return read
}

type Node = { kind: string } & Record<string, unknown>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

/** The tables of ours that a SELECT reads itself, by the name they have in it. */
function tablesOf(select: Node): Map<string, string> {
  const tables = new Map<string, string>()
  const joins = Array.isArray(select.joins) ? select.joins.map((join: Node) => join.table) : []
  const from = isNode(select.from) && Array.isArray(select.from.froms) ? select.from.froms : []
  for (const given of [...from, ...joins]) {
    if (!isNode(given)) continue
    const table = given.kind === 'AliasNode' ? given.node : given
    const name = nameOf(table)
    if (name === undefined || !knownTables.has(name)) continue
    tables.set(given.kind === 'AliasNode' ? (nameOf(given.alias) ?? name) : name, name)
  }
  return tables
}

/** The identifier inside a table or column node. */
function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.kind === 'IdentifierNode') return String(node.name)
  return nameOf(node.table ?? node.column ?? node.identifier)
}

const temporaryStages = ['neighbouring_contacts', 'repeat_candidates', 'repeat_links'] as const
const knownTables = new Set<string>([...entityNames, ...Object.keys(tableColumns), ...temporaryStages])

/** Parameters written in, a clause to a line. */
function readable({ sql, parameters }: CompiledQuery, dialect: SqlDialect): string {
  const literal = (value: unknown) => {
    if (value instanceof Date) return dialect.instant(value)
    return typeof value === 'string' ? dialect.text(value) : String(value)
  }
  return sql
    .replaceAll(/\$(\d+)/g, (_, number: string) => literal(parameters[Number(number) - 1]))
    .replaceAll(/ (from|left join|inner join|where|group by|union all|union) (?=["(cs])/g, '\n$1 ')
}

/** Builders that make SQL and never reach an engine. */
function compileOnly(): Kysely<WarehouseSchema> {
  const refuse = () => {
    throw new OversightError('internal', 'Explaining runs no query.')
  }
  return new Kysely<WarehouseSchema>({ dialect: new DuckDbDialect({ acquire: refuse, release: refuse }) })
}
