import type { MetricPoint } from '#models/metrics.ts'
import { indexPoints, type PointIndex } from '../point-index.ts'
import type { EvidenceFilter } from './evidence-filter.ts'

/**
 * The points of the filtered contacts, in place of those of all contacts. Whether a month is final is a question of the
 * data, not of the filter: a month in which no contact fits is no less final.
 *
 * @param narrowed points of the contacts that fit; null where the filter only chooses types, whose numbers stay as they are
 * @param types the types that the filter chooses; null: all
 */
export function filteredIndex(
  all: PointIndex,
  filter: EvidenceFilter,
  narrowed: readonly MetricPoint[] | null,
  types: readonly string[] | null,
): PointIndex {
  const chosen = narrowed === null ? all : indexPoints(narrowed)
  return {
    ...chosen,
    filter,
    isFinal: all.isFinal,
    isProvisional: all.isProvisional,
    typesIn: (month) => chosen.typesIn(month).filter((type) => types === null || types.includes(type)),
  }
}
