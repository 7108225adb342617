import { OversightError } from '../oversight-error.ts'
import { checkInteger, checkShare } from './check-arguments.ts'

export interface PlannedStratum {
  /** Interactions in the stratum (N_h), from which at most as many can be drawn. */
  readonly population: number
  /** The share of defects expected there, from earlier months or a guess. */
  readonly expectedShare: number
}

/**
 * How many reviews to draw from each stratum so that the weighted share has the smallest variance.
 *
 * Formula: n_h = n W_h sqrt(p_h (1 - p_h)) / sum of the same over strata, W_h = N_h / N. Source: Neyman 1934;
 * Cochran, Sampling Techniques, 5.5. Then at least `floor` reviews or the whole stratum, whichever is smaller, at most
 * the stratum, and whole numbers by largest remainders. Where every p_h(1 - p_h) is 0 the allocation is
 * proportional to N_h.
 *
 * `exact` holds the plain formula (fractions, no floor); `reviews` what to draw. When the floors alone need more
 * than `total`, the floors win and the sum of `reviews` is above `total`; when the population is smaller than
 * `total`, everything is drawn. Throws OversightError `internal` on impossible numbers.
 */
export function neymanAllocation(
  strata: readonly PlannedStratum[],
  total: number,
  floor = 30,
): { exact: number[]; reviews: number[] } {
  checkInteger(total, 0, 'total', 'neymanAllocation')
  checkInteger(floor, 0, 'floor', 'neymanAllocation')
  if (strata.length === 0) throw new OversightError('internal', 'neymanAllocation needs at least one stratum.')
  for (const { population, expectedShare } of strata) {
    checkInteger(population, 0, 'population', 'neymanAllocation')
    checkShare(expectedShare, 'expectedShare', 'neymanAllocation')
  }
  const spread = strata.map(({ population, expectedShare: p }) => population * Math.sqrt(p * (1 - p)))
  const scores = sum(spread) > 0 ? spread : strata.map(({ population }) => population)
  const floors = strata.map(({ population }) => Math.min(floor, population))
  const caps = strata.map(({ population }) => population)
  return {
    exact: share(scores, total),
    reviews: roundToSum(boundedShare(scores, floors, caps, total), floors, caps, total),
  }
}

/** Splits `total` in proportion to the scores within floor and cap of each: floors and caps that bind are fixed. */
function boundedShare(scores: readonly number[], floors: readonly number[], caps: readonly number[], total: number) {
  const fixed = new Map<number, number>()
  for (;;) {
    const rest = Math.max(0, total - sum([...fixed.values()]))
    const parts = share(
      scores.map((score, index) => (fixed.has(index) ? 0 : score)),
      rest,
    )
    const values = parts.map((part, index) => fixed.get(index) ?? part)
    // Floors first: what they take makes the other parts smaller, so a cap may bind no longer.
    const below = values.findIndex((value, index) => !fixed.has(index) && value < (floors[index] ?? 0))
    const above = values.findIndex((value, index) => !fixed.has(index) && value > (caps[index] ?? 0))
    if (below >= 0) fixed.set(below, floors[below] ?? 0)
    else if (above >= 0) fixed.set(above, caps[above] ?? 0)
    else return values
  }
}

function roundToSum(
  values: readonly number[],
  floors: readonly number[],
  caps: readonly number[],
  total: number,
): number[] {
  const reviews = values.map((value, index) => Math.max(floors[index] ?? 0, Math.floor(value + 1e-9)))
  const goal = Math.min(total, sum(caps))
  const order = values
    .map((value, index) => ({ index, remainder: value - Math.floor(value + 1e-9) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index)
  for (let missing = goal - sum(reviews), turn = 0; missing > 0; turn += 1) {
    const index = order[turn % order.length]?.index ?? 0
    if ((reviews[index] ?? 0) >= (caps[index] ?? 0)) continue
    reviews[index] = (reviews[index] ?? 0) + 1
    missing -= 1
  }
  return reviews
}

function share(scores: readonly number[], total: number): number[] {
  const all = sum(scores)
  return scores.map((score) => (all > 0 ? (total * score) / all : 0))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
