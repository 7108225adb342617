import type { Month } from '#models/reporting-month.ts'
import type { Stratum } from '#models/statistics/stratified-rate.ts'
import { pool } from './pool.ts'
import type { TypeEvidence } from './type-evidence.ts'

/** A stratum of one or several months. */
interface PooledStratum extends Stratum {
  stratum: string
  /** Random reviews drawn, completed or not. */
  drawn: number
}

export interface PooledStrata {
  strata: readonly PooledStratum[]
  /** Completed reviews of strata of whose size nothing is known: they carry no weight. */
  unplacedCount: number
  /** Strata that hold contacts and no completed review: nothing is known of them. */
  unreviewed: readonly string[]
}

/** Of a month whose random reviews are one stratum, among months with several. */
const wholeMonth = '(whole month)'
/** Months are added up while the share that was reviewed varies by less than this factor. */
const largestVariation = 1.5

/**
 * The strata of the error rate over the months, or null when in none of them the reviews have weights of their own.
 * Counts of a stratum are added over the months while its sampling fraction varies by less than 1.5 times; else each
 * month's part stays a stratum of its own. methods.md section 2.2.
 */
export function poolStrata(evidence: TypeEvidence, months: readonly Month[]): PooledStrata | null {
  if (months.every((month) => evidence.strata(month).length === 0)) return null
  const cells = months.flatMap((month) => cellsOf(evidence, month))
  const placed = cells.filter(isPlaced)
  const names = [...new Set(placed.map(({ stratum }) => stratum))]
  const strata = names.flatMap((name) => together(placed.filter(({ stratum }) => stratum === name)))
  return {
    strata,
    unplacedCount: cells.filter((cell) => !isPlaced(cell)).reduce((sum, { sampled }) => sum + sampled, 0),
    unreviewed: strata.filter(({ sampled }) => sampled === 0).map(({ stratum }) => stratum),
  }
}

function cellsOf(evidence: TypeEvidence, month: Month): PooledStratum[] {
  const strata = evidence.strata(month)
  if (strata.length > 0) {
    return strata.map(({ stratum, population, drawn, reviewed, errors }) => ({
      stratum,
      population,
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

/** Counts that cannot be, such as more reviews than contacts, weigh nothing. */
function isPlaced({ population, sampled, hits }: PooledStratum): boolean {
  return population > 0 && Number.isSafeInteger(population) && sampled <= population && hits <= sampled
}

function together(cells: readonly PooledStratum[]): readonly PooledStratum[] {
  const fractions = cells.map(({ sampled, population }) => sampled / population)
  if (Math.max(...fractions) >= Math.min(...fractions) * largestVariation) return cells
  const sum = (count: 'population' | 'drawn' | 'sampled' | 'hits') => cells.reduce((all, cell) => all + cell[count], 0)
  const [first] = cells
  return first === undefined
    ? []
    : [
        {
          stratum: first.stratum,
          population: sum('population'),
          drawn: sum('drawn'),
          sampled: sum('sampled'),
          hits: sum('hits'),
        },
      ]
}
