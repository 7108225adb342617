import { countOf } from '#models/format-metric.ts'
import type { GateResult } from './evaluation.ts'
import type { PlacedStrata } from './place-strata.ts'
import type { Pooled } from './pool.ts'
import { monthList } from './sentences.ts'

type Required = 'gate' | 'label' | 'unit'
export type GateFacts = Pick<GateResult, Required> & Partial<Omit<GateResult, Required | 'verdict' | 'reason' | 'cure'>>

/** A verdict with its numbers; what is not given is unknown (null), never 0. */
export function gateResult(
  facts: GateFacts,
  verdict: GateResult['verdict'],
  reason: string,
  cure: string | null = null,
): GateResult {
  return {
    value: null,
    lower: null,
    upper: null,
    decisiveBound: null,
    decisiveSide: null,
    limit: null,
    numerator: null,
    denominator: null,
    referenceNumerator: null,
    referenceDenominator: null,
    inconclusiveFrom: null,
    inconclusiveTo: null,
    ...facts,
    verdict,
    reason,
    cure,
  }
}

/** Why these counts may not be judged yet, or null: months that can still change, or a definition that changed. */
export function obstacleOf(...pools: readonly Pooled[]): string | null {
  const provisional = [...new Set(pools.flatMap((pooled) => pooled.provisional))].sort()
  if (provisional.length > 0) return `${monthList(provisional)} can still change, so it is not judged yet.`
  const versions = new Set(pools.flatMap((pooled) => pooled.definitionVersions))
  if (versions.size > 1) return 'The definition changed between these months, so they cannot be put together.'
  return null
}

/** Why reviews that are weighted by stratum may not be judged, or null. `what` is unknown where there is no review. */
export function strataObstacle(
  { unplacedCount, unreviewed }: Omit<PlacedStrata<never>, 'strata'>,
  what: { reviews: string; unknown: string },
): string | null {
  if (unplacedCount > 0) {
    return `${countOf(unplacedCount, `${what.reviews} review`)} of strata whose size is not known cannot be weighted.`
  }
  return unreviewed.length === 0
    ? null
    : `No ${what.reviews} review of stratum ${unreviewed.join(', ')} was completed, so its ${what.unknown} unknown.`
}

/** The band between two thresholds, or nothing where the thresholds leave none. */
export function inconclusiveRange(from: number, to: number): Pick<GateResult, 'inconclusiveFrom' | 'inconclusiveTo'> {
  return from <= to ? { inconclusiveFrom: from, inconclusiveTo: to } : { inconclusiveFrom: null, inconclusiveTo: null }
}
