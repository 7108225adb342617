import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeMonth } from '#governance/evaluate/evaluation.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { addMonths, type Month, parseMonth } from '#models/reporting-month.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import { typeMonth, typeStanding } from '../build/type-history.ts'
import type { Bench } from './limit.ts'

const type = 'simulated'
const firstMonth = parseMonth('2025-01')
const monthsInYear = 12
const reviewsPerMonth = 100
const referenceMonths = defaultPolicy.windowMonths
const standing = typeStanding(type, { levelSince: new Date('2025-01-01T00:00:00Z') })
const context = { now: new Date('2030-01-01T00:00:00Z'), reportingTimeZone: 'UTC' }

/**
 * How often the rules let a type through in a year of monthly looks, when its true error rate is known. Everything but
 * the errors is healthy, so that the error rate alone decides; the real evaluation judges each month.
 */
export const bench: Bench = {
  defaults: { replicates: '4000', seed: '1' },
  async run(options) {
    const replicates = readCount(options.replicates, 'replicates')
    const random = seededRandom(readCount(options.seed, 'seed'))
    const limit = defaultPolicy.gates.G1.limitByTier.low
    return [
      {
        name: 'let_through_at_limit',
        value: shareLetThrough(limit, replicates, random),
        limit: 0.075,
        side: 'at-most',
      },
      {
        name: 'let_through_at_half_limit',
        value: shareLetThrough(limit / 2, replicates, random),
        limit: 0.9,
        side: 'at-least',
      },
    ]
  },
}

function shareLetThrough(errorRate: number, replicates: number, random: () => number): number {
  let letThrough = 0
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    if (isLetThroughInYear(errorRate, random)) letThrough += 1
  }
  return letThrough / replicates
}

/** Draws a year's errors first, so that the years do not depend on when a look ends. */
function isLetThroughInYear(errorRate: number, random: () => number): boolean {
  const reference = Array.from({ length: referenceMonths }, (_, index) =>
    healthyMonth(addMonths(firstMonth, index - referenceMonths), 0),
  )
  const year = Array.from({ length: monthsInYear }, (_, index) =>
    healthyMonth(addMonths(firstMonth, index), drawErrors(errorRate, random)),
  )
  return year.some((_, index) => {
    if (index + 1 < defaultPolicy.windowMonths) return false
    const months = [...reference, ...year.slice(0, index + 1)]
    const month = addMonths(firstMonth, index)
    const [evaluation] = evaluateMonth(defaultPolicy, month, [{ interactionType: type, months }], [standing], context)
    return evaluation?.recommendation === 'expand'
  })
}

const cache = new Map<string, TypeMonth>()

function healthyMonth(month: Month, errors: number): TypeMonth {
  const key = `${month} ${errors}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const built = typeMonth(type, month, { errors, reviews: reviewsPerMonth })
  cache.set(key, built)
  return built
}

function drawErrors(errorRate: number, random: () => number): number {
  let errors = 0
  for (let review = 0; review < reviewsPerMonth; review += 1) if (random() < errorRate) errors += 1
  return errors
}

function readCount(text: string | undefined, name: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} must be a whole number above 0, not ${text}`)
  return value
}
