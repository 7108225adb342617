import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import { entityColumns } from './columns.ts'
import { type EntityName, entities } from './entities.ts'

type RowRule =
  | 'missing_value'
  | 'unreadable_value'
  | 'unknown_value'
  | 'unusable_name'
  | 'out_of_bounds'
  | 'out_of_scale'
  | 'ends_before_start'
  | 'implausible_date'

/** One way in which a row can break the contract. */
export interface RowCheck {
  rule: RowRule
  /** The column at fault. */
  field: string
  /** For people: what is wrong with the field. The raw value stays out of it. */
  message: string
  /** SQL text, true for a row that breaks the rule, never NULL. */
  predicate: string
}

export interface RowCheckOptions {
  dialect: SqlDialect
  /** Dates later than a day after this are refused. */
  now: Date
  /** SQL text of a column as its contract type; by default the column itself. */
  typed?: (column: string) => string
  /**
   * SQL text of the same column as it was read, as text. With it a value that is there but did not cast is
   * `unreadable_value`; without it such a value can only show as missing.
   */
  raw?: (column: string) => string
}

/** No support system has records from before. */
const earliest = new Date('1990-01-01T00:00:00Z')
const dayMilliseconds = 24 * 60 * 60 * 1000

/**
 * Every rule that one row of the entity can break by itself, in the order in which they should be reported (the first
 * that holds is the reason). Rules across rows (duplicates, orphans) belong to the load.
 */
export function rowChecks(name: EntityName, options: RowCheckOptions): RowCheck[] {
  const { dialect } = options
  const typed = options.typed ?? dialect.identifier
  const { raw } = options
  const columns = entityColumns(name)
  const checks: RowCheck[] = []

  for (const column of columns) {
    if (!column.isRequired) continue
    const given = raw === undefined ? typed(column.name) : `nullif(${raw(column.name)}, '')`
    checks.push({
      rule: 'missing_value',
      field: column.name,
      message: `${column.name} is required and is empty`,
      predicate: `${given} is null`,
    })
  }

  for (const column of columns) {
    if (raw === undefined || column.type === 'text') continue
    checks.push({
      rule: 'unreadable_value',
      field: column.name,
      message: `${column.name} does not read as ${readable[column.type]}`,
      predicate: `(nullif(${raw(column.name)}, '') is not null and ${typed(column.name)} is null)`,
    })
  }

  for (const column of columns) {
    const value = typed(column.name)
    if (column.values !== null) {
      checks.push({
        rule: 'unknown_value',
        field: column.name,
        message: `${column.name} is none of ${column.values.join(', ')}`,
        predicate: `coalesce(${value} not in (${column.values.map(dialect.text).join(', ')}), false)`,
      })
    }
    if (column.naming !== null) {
      const { maximumLength, pattern, refused, refusedPattern, message } = column.naming
      checks.push({
        rule: 'unusable_name',
        field: column.name,
        message: `${column.name} has to be ${message}`,
        predicate: `coalesce(not ${dialect.matches(value, pattern)} or length(${value}) > ${maximumLength} or ${value} in (${refused.map(dialect.text).join(', ')}) or ${dialect.matches(value, refusedPattern)}, false)`,
      })
    }
    const outside = [
      column.minimum === null ? null : `${value} ${column.isMinimumExclusive ? '<=' : '<'} ${column.minimum}`,
      column.maximum === null ? null : `${value} > ${column.maximum}`,
    ].filter((side) => side !== null)
    if (outside.length > 0) {
      checks.push({
        rule: 'out_of_bounds',
        field: column.name,
        message: `${column.name} is outside ${describeBounds(column)}`,
        predicate: `coalesce(${outside.join(' or ')}, false)`,
      })
    }
    if (column.type === 'instant') {
      const latest = new Date(options.now.getTime() + dayMilliseconds)
      // A due time lies in the future by nature.
      const tooLate = column.name === 'due_at' ? [] : [`${value} > ${dialect.instant(latest)}`]
      checks.push({
        rule: 'implausible_date',
        field: column.name,
        message: `${column.name} is before 1990${tooLate.length > 0 ? ' or more than a day in the future' : ''}`,
        predicate: `coalesce(${[`${value} < ${dialect.instant(earliest)}`, ...tooLate].join(' or ')}, false)`,
      })
    }
  }

  for (const [earlier, later] of entities[name].orderedInstants) {
    checks.push({
      rule: 'ends_before_start',
      field: later,
      message: `${later} is before ${earlier}`,
      predicate: `coalesce(${typed(later)} < ${typed(earlier)}, false)`,
    })
  }

  if (name === 'csat_responses') {
    const [scale, score] = [typed('scale'), typed('score')]
    const within = Object.entries(scaleBounds).map(
      ([each, [low, high]]) => `(${scale} = ${dialect.text(each)} and (${score} < ${low} or ${score} > ${high}))`,
    )
    checks.push({
      rule: 'out_of_scale',
      field: 'score',
      message: 'score is outside its scale (binary 0 to 1, three_point 1 to 3, five_point 1 to 5)',
      predicate: `coalesce(${within.join(' or ')}, false)`,
    })
  }
  if (name === 'sampling_frames') {
    const key = ['month', 'interaction_type', 'stratum'].map(typed).join(` || ${dialect.text('/')} || `)
    checks.push({
      rule: 'unusable_name',
      field: 'frame_id',
      message: 'frame_id has to be month/interaction_type/stratum',
      predicate: `coalesce(${typed('frame_id')} <> ${key}, false)`,
    })
    checks.push({
      rule: 'out_of_bounds',
      field: 'drawn',
      message: 'drawn is more than population',
      predicate: `coalesce(${typed('drawn')} > ${typed('population')}, false)`,
    })
  }
  return checks
}

const scaleBounds = { binary: [0, 1], three_point: [1, 3], five_point: [1, 5] } as const

const readable = {
  text: 'text',
  instant: 'an instant with offset (ISO 8601, for example 2026-09-30T14:05:00Z)',
  real: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  text_list: 'a list of texts',
} as const

function describeBounds(column: {
  minimum: number | null
  maximum: number | null
  isMinimumExclusive: boolean
}): string {
  if (column.maximum === null) return `at least ${column.minimum}`
  if (column.minimum === null) return `at most ${column.maximum}`
  return `${column.minimum}${column.isMinimumExclusive ? ' (not itself)' : ''} to ${column.maximum}`
}
