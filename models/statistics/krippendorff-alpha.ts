import { checkFinite } from './check-arguments.ts'
import type { Ratings } from './rating-counts.ts'

/** What the distance between two values means. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/**
 * Krippendorff's alpha: agreement of any number of reviewers, with missing ratings, at any level of measurement.
 *
 * Formula: alpha = 1 - D_o / D_e over the coincidences of values within items, each item with m >= 2 ratings giving each
 * ordered pair 1 / (m - 1); distances 0 or 1 (nominal), squared count of ranks between (ordinal), (a - b)^2 (interval),
 * ((a - b) / (a + b))^2 (ratio). Source: Krippendorff, Content Analysis, ch. 11. 1 is perfect, 0 chance.
 *
 * Values are numbers; give ordered labels their rank. Null where no item was rated twice or only one value occurs. Throws
 * OversightError `internal` on values that are not finite.
 */
export function krippendorffAlpha(items: readonly Ratings<number>[], level: MeasurementLevel): number | null {
  const paired = items
    .map((ratings) => ratings.filter((value): value is number => value !== null))
    .filter((ratings) => ratings.length > 1)
  checkFinite(paired.flat(), 'ratings', 'krippendorffAlpha')
  const values = [...new Set(paired.flat())].sort((left, right) => left - right)
  if (values.length < 2) return null
  const positions = new Map(values.map((value, index) => [value, index]))
  const coincidences = values.map(() => new Array<number>(values.length).fill(0))
  for (const ratings of paired) {
    for (const [i, first] of ratings.entries()) {
      for (const [j, second] of ratings.entries()) {
        const row = coincidences[positions.get(first) ?? 0]
        const column = positions.get(second) ?? 0
        if (i !== j && row !== undefined) row[column] = (row[column] ?? 0) + 1 / (ratings.length - 1)
      }
    }
  }
  const totals = coincidences.map((row) => row.reduce((sum, count) => sum + count, 0))
  const n = totals.reduce((sum, total) => sum + total, 0)
  let observed = 0
  let expected = 0
  for (const [i, row] of coincidences.entries()) {
    for (const [j, count] of row.entries()) {
      const distance = squaredDistance(values, totals, i, j, level)
      observed += count * distance
      expected += (totals[i] ?? 0) * (totals[j] ?? 0) * distance
    }
  }
  return 1 - ((n - 1) * observed) / expected
}

function squaredDistance(
  values: readonly number[],
  totals: readonly number[],
  i: number,
  j: number,
  level: MeasurementLevel,
): number {
  if (i === j) return 0
  const [first, second] = [values[i] ?? 0, values[j] ?? 0]
  switch (level) {
    case 'nominal':
      return 1
    case 'ordinal': {
      const between = totals.slice(Math.min(i, j), Math.max(i, j) + 1).reduce((sum, total) => sum + total, 0)
      return (between - ((totals[i] ?? 0) + (totals[j] ?? 0)) / 2) ** 2
    }
    case 'interval':
      return (first - second) ** 2
    case 'ratio':
      // 0 against 0 does not occur here, and a against -a is as far as it gets.
      return first + second === 0 ? 1 : ((first - second) / (first + second)) ** 2
  }
}
