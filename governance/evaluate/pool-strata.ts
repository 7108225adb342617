import type { Month } from '#models/reporting-month.ts'
import type { Stratum } from '#models/statistics/stratified-rate.ts'
import { type PlacedStrata, placeStrata, wholeMonth } from './place-strata.ts'
import { pool } from './pool.ts'
import type { TypeEvidence } from './type-evidence.ts'

/** A stratum of one or several months. */
interface PooledStratum extends Stratum {
  stratum: string
  /** Random reviews drawn, completed or not. */
  drawn: number
}

export type PooledStrata = PlacedStrata<PooledStratum>

/** The strata of the error rate over the months, or null when in none of them the reviews have weights of their own. */
export function poolStrata(evidence: TypeEvidence, months: readonly Month[]): PooledStrata | null {
  if (months.every((month) => evidence.strata(month).length === 0)) return null
  return placeStrata(
    months.flatMap((month) => cellsOf(evidence, month)),
    (one, other) => ({
      stratum: one.stratum,
      population: one.population + other.population,
      drawn: one.drawn + other.drawn,
      sampled: one.sampled + other.sampled,
      hits: one.hits + other.hits,
    }),
  )
}

function cellsOf(evidence: TypeEvidence, month: Month): PooledStratum[] {
  const strata = evidence.strata(month)
  if (strata.length > 0) {
    return strata.map(({ stratum, population, drawn, reviewed, errors }) => ({
      stratum,
      // More errors than reviews cannot be, and weigh nothing.
      population: errors > reviewed ? 0 : population,
      drawn,
      sampled: reviewed,
      hits: errors,
    }))
  }
  const reviews = pool(evidence, [month], 'ai_error_rate')
  if (reviews.denominator === 0) return []
  const contacts = evidence.findPoint(month, 'volume', 'ai_participated', null)?.numerator ?? 0
  const { numerator: hits, denominator: sampled } = reviews
  return [{ stratum: wholeMonth, population: contacts, drawn: sampled, sampled, hits }]
}
