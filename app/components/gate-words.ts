import type { GateResult } from '#governance/evaluate/evaluation.ts'
import { formatDistance, formatLimit, formatMargin } from '#governance/evaluate/sentences.ts'
import {
  countOf,
  formatCount,
  formatDifference,
  formatDifferenceNumber,
  formatPoints,
  formatShare,
  formatShareInterval,
} from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'

/** Which side of the limit is good. Gates without it are counts and sentences. */
export const goodSides: Partial<Record<GateResult['gate'], 'below' | 'above'>> = {
  G1: 'below',
  G2: 'above',
  G3: 'above',
  G4: 'below',
  G5: 'below',
  G7: 'above',
}

/** What the gate asks for, beside its name. */
export function limitWords({ gate, limit }: GateResult): string {
  if (limit === null) return 'no limit for this type'
  switch (gate) {
    case 'G1':
      return `at most ${formatLimit(limit)}`
    case 'G2':
      return `at least ${formatPoints(limit, 0)}`
    case 'G3':
      return `at most ${formatMargin(Math.abs(limit))} below reference`
    case 'G4':
    case 'G5':
      return `at most ${formatMargin(limit)} above reference`
    case 'G7':
      return `at least ${formatLimit(limit)} in every month`
    case 'G8':
      return `${countOf(limit, 'month')}, same AI version, each within the limit`
    case 'G9':
      return limit === 0 ? 'none' : `at most ${formatCount(limit)}`
    case 'G10':
      return `adjusted p at most ${limit}`
    default:
      return `limit ${limit}`
  }
}

/** A rate from fewer reviews than this is not shown; the counts are. */
export function hasTooFew({ gate, denominator }: GateResult): boolean {
  return gate === 'G1' && denominator !== null && denominator < metrics.ai_error_rate.minimumSample
}

/** The value in the unit of the gate, without its interval. */
export function valueWords(result: GateResult): string | null {
  const { gate, value, limit, unit } = result
  if (value === null || hasTooFew(result)) return null
  if (gate === 'G8') return `${formatCount(value)} of ${formatCount(limit ?? 0)}`
  if (gate === 'G9') return `${formatCount(value)} found`
  if (unit === 'share') return formatShare(value)
  if (unit === 'difference') return formatDifference(value)
  if (unit === 'probability') return value < 0.0001 ? 'p < 0.0001' : `p = ${value.toFixed(4)}`
  return unit === 'points' ? formatPoints(value) : formatCount(value)
}

/** 0.8 to 3.5, in the unit of the value; null where there is no interval. */
export function intervalWords(result: GateResult): string | null {
  const { lower, upper, unit } = result
  if (lower === null || upper === null || hasTooFew(result)) return null
  if (unit === 'share') return formatShareInterval(lower, upper)
  if (unit === 'difference') return `${formatDifferenceNumber(lower)}\u00a0to\u00a0${formatDifferenceNumber(upper)}`
  return `${formatPoints(lower)}\u00a0to\u00a0${formatPoints(upper)}`
}

/** Under the value: what it is compared with, or the one-sided bound that decides. */
export function boundWords(result: GateResult): string | null {
  const { numerator, denominator, referenceNumerator, referenceDenominator, decisiveBound, decisiveSide, unit } = result
  if (hasTooFew(result)) return null
  if (
    unit === 'difference' &&
    numerator !== null &&
    denominator &&
    referenceNumerator !== null &&
    referenceDenominator
  ) {
    return `${formatShare(numerator / denominator)} against ${formatShare(referenceNumerator / referenceDenominator)}`
  }
  if (decisiveBound === null || decisiveSide === null) return null
  return `${decisiveSide} bound ${unit === 'share' ? formatShare(decisiveBound) : formatPoints(decisiveBound)}`
}

/** How much evidence stands behind the value: a count and what is counted. */
export function evidenceWords({ gate, numerator, denominator }: GateResult): { count: string; of: string } | null {
  if (gate === 'G9') return { count: 'All', of: 'reviews' }
  if (denominator === null) return null
  const of: Partial<Record<GateResult['gate'], string>> = {
    G3: 'answers',
    G4: 'contacts',
    G5: 'contacts',
    G8: 'months',
    G10: 'types',
  }
  const isPart = (gate === 'G1' || gate === 'G7') && numerator !== null
  return {
    count: isPart ? `${formatCount(numerator)} of ${formatCount(denominator)}` : formatCount(denominator),
    of: of[gate] ?? 'reviews',
  }
}

/**
 * What would end a pass or a fail: the value from which it could no longer be told at this much evidence, and how far
 * away that is; where the verdict has no such band, how far the bound that decides lies from the limit. null for
 * inconclusive, which has its cure, and where nothing is measured against a limit.
 */
export function changeWords(result: GateResult): string | null {
  const { gate, verdict, value, limit, decisiveBound, inconclusiveFrom, inconclusiveTo } = result
  if (verdict === 'inconclusive' || value === null || limit === null || hasTooFew(result)) return null
  const good = goodSides[gate]
  if (good === undefined) return null
  const isFromBelow = (good === 'below') === (verdict === 'pass')
  const edge = isFromBelow ? inconclusiveFrom : inconclusiveTo
  if (edge !== null && (isFromBelow ? value < edge : value > edge)) {
    return `Stops ${verdict === 'pass' ? 'passing' : 'failing'} at ${inUnit(result, edge)}, ${distanceWords(result, edge - value)} away.`
  }
  const measured = decisiveBound ?? value
  const isWithin = good === 'below' ? measured <= limit : measured >= limit
  if (isWithin !== (verdict === 'pass')) return null
  const what = decisiveBound === null ? 'The value' : 'The bound'
  return `${what} is ${distanceWords(result, measured - limit)} ${isWithin ? 'within' : 'past'} the limit.`
}

function inUnit({ unit }: GateResult, value: number): string {
  if (unit === 'share') return formatShare(value)
  return unit === 'difference' ? formatDifference(value) : formatPoints(value)
}

function distanceWords({ unit }: GateResult, distance: number): string {
  return unit === 'points' ? `${formatPoints(Math.abs(distance))} points` : formatDistance(distance)
}
