import type { Month } from '#models/reporting-month.ts'
import { type PlacedStrata, placeStrata, wholeMonth } from './place-strata.ts'
import { pool } from './pool.ts'
import type { TypeEvidence } from './type-evidence.ts'

/** A stratum of one or several months: its scored random reviews with the sums of their scores (points) and squares. */
interface ScoredCell {
  stratum: string
  population: number
  sampled: number
  sum: number
  sumOfSquares: number
}

export type PooledScores = PlacedStrata<ScoredCell>

/**
 * The strata of the QA score over the months; null when in none of them the reviews have weights of their own, and where
 * the evidence was frozen before strata held scores: the plain mean was judged then.
 */
export function poolScoreStrata(evidence: TypeEvidence, months: readonly Month[]): PooledScores | null {
  const strata = months.flatMap((month) => evidence.strata(month))
  if (strata.length === 0 || strata.some(({ scored }) => scored === undefined)) return null
  return placeStrata(
    months.flatMap((month) => cellsOf(evidence, month)),
    (one, other) => ({
      stratum: one.stratum,
      population: one.population + other.population,
      sampled: one.sampled + other.sampled,
      sum: one.sum + other.sum,
      sumOfSquares: one.sumOfSquares + other.sumOfSquares,
    }),
  )
}

function cellsOf(evidence: TypeEvidence, month: Month): ScoredCell[] {
  const strata = evidence.strata(month)
  if (strata.length > 0) {
    // Without any score a month is missing, with strata as without.
    if (strata.every(({ scored }) => scored === 0)) return []
    return strata.map(({ stratum, population, scored = 0, scoreSum = 0, scoreSquareSum = 0 }) => ({
      stratum,
      population,
      sampled: scored,
      sum: scoreSum,
      sumOfSquares: scoreSquareSum,
    }))
  }
  const { denominator: sampled, numerator: sum, sumOfSquares } = pool(evidence, [month], 'qa_score')
  if (sampled === 0) return []
  const contacts = evidence.findPoint(month, 'volume', 'ai_participated', null)?.numerator ?? 0
  // Without the squares the spread of the month is unknown, and so is the month.
  return [
    {
      stratum: wholeMonth,
      population: sumOfSquares === null ? 0 : contacts,
      sampled,
      sum,
      sumOfSquares: sumOfSquares ?? 0,
    },
  ]
}
