import { countOf, formatMonth, monthName } from '#models/format-metric.ts'
import type { MetricId } from '#models/metrics.ts'
import { addMonths, type Month, parseMonth } from '#models/reporting-month.ts'
import type { PointIndex } from '../point-index.ts'
import type { ComparisonKind } from './comparison-kind.ts'

/** One type in one month: what sums over types are made of. */
export interface Cell {
  interactionType: string
  month: string
}

/** What the numbers of a month are compared with. A comparison that would mislead is refused in words. */
export interface Comparison {
  kind: ComparisonKind
  /** Said after a difference: "from August". */
  from: string
  /** Said of the whole: "August". */
  against: string
  /** Why nothing at all is compared; null where something is. */
  refusal: string | null
  /** Both sides of a sum over types; empty where nothing is compared. */
  now: readonly Cell[]
  before: readonly Cell[]
  /** The month that a type is compared with; null: it is not. */
  baseOf(interactionType: string): Month | null
  /** Why this metric is not compared, of one type or (null) of all: its definition changed in between. Null where it is. */
  breakOf(metric: MetricId, interactionType: string | null): string | null
}

/** A supplier changed what its words mean. */
interface DefinitionChange {
  month: string
  /** null: of every type. */
  interactionType: string | null
}

export interface ComparisonInput {
  kind: ComparisonKind
  month: string
  /** The types that the page is about. */
  types: readonly string[]
  /** Of the filtered contacts, where there is a filter. */
  points: PointIndex
  beforeLevelChange: ReadonlyMap<string, Month>
  definitionChanges: readonly DefinitionChange[]
}

/** Metrics that are made of what the supplier itself claims. */
const claimMetrics: readonly MetricId[] = [
  'claimed_resolution_rate',
  'contained_resolution_rate',
  'confirmed_resolution_rate',
  'durable_resolution_rate',
  'resolution_gap',
  'unresolved_rate',
]

export function createComparison(input: ComparisonInput): Comparison {
  const { kind, month, points } = input
  const bases = basesOf(input)
  const compared = [...bases.keys()]
  const now = compared.map((interactionType) => ({ interactionType, month }))
  const before = compared.map((interactionType) => ({ interactionType, month: bases.get(interactionType) ?? month }))
  const { from, against } = wordsOf(input, compared.length)
  return {
    kind,
    from,
    against,
    refusal: refusalOf(input, compared.length),
    now,
    before,
    baseOf: (interactionType) => bases.get(interactionType) ?? null,
    breakOf(metric, interactionType) {
      const asked = interactionType === null ? compared : [interactionType]
      const versions = new Set(
        asked.flatMap((type) =>
          [month, bases.get(type)].flatMap((at) =>
            at === undefined ? [] : (points.definitionVersion(metric, type, at) ?? []),
          ),
        ),
      )
      if (versions.size > 1) return 'Not compared: the definition changed in between'
      const isRedefined = (type: string) =>
        input.definitionChanges.some(
          (change) =>
            (change.interactionType === null || change.interactionType === type) &&
            change.month >= (bases.get(type) ?? month) &&
            change.month <= month,
        )
      return claimMetrics.includes(metric) && asked.some(isRedefined)
        ? 'Not compared: the supplier changed what it calls resolved in between'
        : null
    },
  }
}

/** The month that each type is compared with; a type without one is absent. */
function basesOf({ kind, month, types, points, beforeLevelChange }: ComparisonInput): Map<string, Month> {
  if (!points.isFinal(month)) return new Map()
  const same = addMonths(parseMonth(month), kind === 'year' ? -12 : -1)
  return new Map(
    [...new Set([...types, ...(kind === 'decision' ? [] : points.typesIn(same))])].flatMap((type) => {
      const base = kind === 'decision' ? beforeLevelChange.get(type) : same
      return base !== undefined && points.isFinal(base) ? [[type, base] as const] : []
    }),
  )
}

function refusalOf({ kind, month, points }: ComparisonInput, comparedCount: number): string | null {
  if (!points.isFinal(month)) return 'Provisional, not compared'
  if (comparedCount > 0) return null
  if (kind === 'decision') return 'No level has changed yet, so nothing is compared'
  const base = addMonths(parseMonth(month), kind === 'year' ? -12 : -1)
  const named = kind === 'year' ? formatMonth(base) : monthName(base)
  return points.typesIn(base).length === 0
    ? `No contacts in ${named} to compare with`
    : `${named} is provisional, so nothing is compared with it`
}

function wordsOf({ kind, month, types }: ComparisonInput, comparedCount: number): { from: string; against: string } {
  const base = addMonths(parseMonth(month), kind === 'year' ? -12 : -1)
  if (kind === 'previous') return { from: `from ${monthName(base)}`, against: monthName(base) }
  if (kind === 'year') return { from: `from ${formatMonth(base)}`, against: formatMonth(base) }
  const some = `${countOf(comparedCount, 'type')} of ${types.length}`
  return {
    from: `from before the last change of level (${some})`,
    against: `the month before the level last changed (${some})`,
  }
}
