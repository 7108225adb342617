import { binomialAtMost } from './binomial-tail.ts'
import { checkFinite } from './check-arguments.ts'

export interface AnhoejRuns {
  readonly median: number
  /** Values that do not lie on the median. */
  readonly usefulCount: number
  readonly longestRun: number
  /** The longest run that chance explains. */
  readonly longestRunAllowed: number
  readonly crossings: number
  /** The fewest crossings that chance explains. */
  readonly crossingsNeeded: number
  readonly isSignal: boolean
}

/**
 * Runs analysis: does a series wander from its median more than chance lets it? Needs no limits and adapts to length.
 *
 * Formula: among the n values off the median, signal when the longest run on one side exceeds round(log2 n) + 3 or
 * the median is crossed less often than the 5 % quantile of Bin(n - 1, 1/2). Source: Anhoej & Olesen 2014, PLoS One
 * 9(11):e113825; as in qicharts2.
 *
 * Null without a value off the median. Throws OversightError `internal` on values that are not finite.
 */
export function anhoejRuns(values: readonly number[]): AnhoejRuns | null {
  checkFinite(values, 'values', 'anhoejRuns')
  const sorted = [...values].sort((left, right) => left - right)
  const upper = sorted[sorted.length >> 1] ?? 0
  const median = sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] ?? 0) + upper) / 2
  const sides = values.map((value) => Math.sign(value - median)).filter((side) => side !== 0)
  const usefulCount = sides.length
  if (usefulCount === 0) return null
  let longestRun = 0
  let run = 0
  let crossings = 0
  for (const [index, side] of sides.entries()) {
    const isSameSide = index > 0 && side === sides[index - 1]
    if (index > 0 && !isSameSide) crossings += 1
    run = isSameSide ? run + 1 : 1
    longestRun = Math.max(longestRun, run)
  }
  const longestRunAllowed = Math.round(Math.log2(usefulCount)) + 3
  let crossingsNeeded = 0
  while (binomialAtMost(crossingsNeeded, usefulCount - 1, 0.5) < 0.05) crossingsNeeded += 1
  return {
    median,
    usefulCount,
    longestRun,
    longestRunAllowed,
    crossings,
    crossingsNeeded,
    isSignal: longestRun > longestRunAllowed || crossings < crossingsNeeded,
  }
}
