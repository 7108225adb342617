import type { DuckDBConnection } from '@duckdb/node-api'
import { entityColumns } from '#models/contract/columns.ts'
import type { EntityName } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import { sqlIdentifier } from './sql-literal.ts'
import type { Stage } from './stage-entity.ts'

/** Text columns into which a mapping could put what belongs to a person. Closed lists and numbers cannot hold it. */
function openColumns(entity: EntityName): string[] {
  return entityColumns(entity).flatMap(({ name, type, values }) => (type === 'text' && values === null ? [name] : []))
}

/** Columns in which every value is somebody or something of its own: names among them are people. */
const identifying = new Set(['customer_id', 'interaction_id', 'issue_key', 'response_id', 'reviewer_id', 'url'])

const sampledRows = 20_000

/** Cheap tests come first: these patterns would take longer than everything else that is done with a small load. */
const kinds = [
  {
    what: 'e-mail addresses',
    /** Share of the sampled values from which on the column is refused; 0: a single one is enough. */
    share: 0,
    looksLike: (value: string) =>
      `CASE WHEN contains(${value}, '@') THEN regexp_matches(${value}, '[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+') END`,
    isFor: (column: string) => column !== 'url',
  },
  {
    what: 'links with e-mail addresses',
    share: 0,
    // Also with its signs escaped. A path such as /@team/page.html is none.
    looksLike: (value: string) =>
      `regexp_matches(${value}, '(?i)[a-z0-9._+-]+(@|%40)[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}')`,
    isFor: (column: string) => column === 'url',
  },
  {
    what: 'links with telephone numbers',
    share: 0,
    looksLike: (value: string) =>
      `regexp_matches(${value}, '(?i)(^tel:|[?&;](phone|telephone|tel|mobile|msisdn|caller|caller_?id)(_?number)?=)(\\+|%2b)?[\\d(%]|[=/:](\\+|%2b)\\d{8,15}(\\D|$)')`,
    isFor: (column: string) => column === 'url',
  },
  {
    what: 'telephone numbers',
    share: 0.2,
    // With a plus, or nine digits and more in groups: plain digits are an identifier. Dates and versions look alike.
    looksLike: (value: string) =>
      `CASE WHEN regexp_matches(${value}, '^(\\+|\\(?\\d{2,5}\\)?[ ./-])\\d') THEN
        (regexp_full_match(${value}, '\\+\\d[\\d ().-]{6,18}\\d') OR
          length(regexp_replace(${value}, '\\D', '', 'g')) >= 9 AND regexp_full_match(${value}, '\\(?\\d{2,5}\\)?[ ./-]\\d{2,5}([ .-]\\d{2,5}){1,3}'))
        AND NOT regexp_matches(${value}, '^(19|20)\\d\\d-\\d\\d-\\d\\d') END`,
    isFor: () => true,
  },
  {
    what: 'names of people',
    share: 0.2,
    looksLike: (value: string) =>
      `regexp_full_match(${value}, '\\p{Lu}\\p{Ll}+([ -]\\p{Lu}\\p{Ll}*\\.?){1,3}|\\p{Lu}\\p{Ll}+, \\p{Lu}\\p{Ll}+')`,
    isFor: (column: string) => identifying.has(column),
  },
] as const

/** How a column that holds personal data is mended. */
const cures: Partial<Record<string, string>> = {
  customer_id: 'Map an identifier instead, or let the source hash it ("customerIds": "personal" in source.json).',
  reviewer_id: `Map a pseudonym instead, for example 'reviewer:' || left(sha256(lower(reviewer_id)), 16) in qa_reviews.sql.`,
  url: "Map the link to the ticket without its query, for example split_part(url, '?', 1), or build it from the identifier.",
}

/** Throws load_refused where findPersonalData finds something. */
export async function scanPersonalData(connection: DuckDBConnection, stage: Stage): Promise<void> {
  const found = await findPersonalData(connection, stage)
  if (found === null) return
  throw new OversightError(
    'load_refused',
    `${found.what}. They must not enter the warehouse, so nothing was published. ${found.cure}`,
  )
}

/**
 * Looks at a sample of the staged rows for values that look like e-mail addresses, telephone numbers or names, and tells
 * the column, the first file and how it is mended; the values themselves are never told. Null when nothing looks so.
 *
 * @param hashed columns that a load hashes, and these rows still hold as they were given
 */
export async function findPersonalData(
  connection: DuckDBConnection,
  stage: Stage,
  hashed: readonly string[] = [],
): Promise<{ what: string; cure: string } | null> {
  const columns = openColumns(stage.entity).filter((column) => !hashed.includes(column))
  const tests = columns.flatMap((column) =>
    kinds.filter(({ isFor }) => isFor(column)).map((kind) => ({ column, kind, name: sqlIdentifier(column) })),
  )
  if (tests.length === 0) return null
  const hits = tests.map(({ kind, name }, index) => `${kind.looksLike(name)} AS hit_${index}`)
  const counts = tests.map(
    ({ name }, index) =>
      `count(*) FILTER (WHERE hit_${index}), count(${name}), min(source_file) FILTER (WHERE hit_${index})`,
  )
  // Materialised, or every pattern would be matched once for each place it is named in.
  const reader = await connection.runAndReadAll(`WITH looked_at AS MATERIALIZED (
      SELECT ${columns.map(sqlIdentifier).join(', ')}, source_file, ${hits.join(', ')}
      FROM (SELECT * FROM ${stage.table} USING SAMPLE ${await sample(connection, stage)})
    ) SELECT ${counts.join(', ')} FROM looked_at`)
  const found = reader.getRows()[0] ?? []
  for (const [index, { column, kind }] of tests.entries()) {
    const [hits, given, file] = found.slice(index * 3, index * 3 + 3)
    if (Number(hits) > 0 && Number(hits) >= Number(given) * kind.share) {
      return {
        what: `${file}: column ${column} of ${stage.entity} holds what looks like ${kind.what} (${hits} of ${given} values looked at)`,
        cure: cures[column] ?? 'Map an identifier instead.',
      }
    }
  }
  return null
}

async function sample(connection: DuckDBConnection, stage: Stage): Promise<string> {
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${stage.table}`)
  const rows = Number(reader.getRows()[0]?.[0] ?? 0)
  // Whole blocks of many rows: everything would have to be read otherwise.
  return rows <= sampledRows ? '100 PERCENT' : `${(sampledRows / rows) * 100} PERCENT (system, 1)`
}
