import { countOf, formatCount, formatMonth, formatShare } from '#models/format-metric.ts'
import { type CsatScale, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { bonferroniLower } from '#models/statistics/bonferroni-bounds.ts'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { harmEValue } from '#models/statistics/e-values.ts'
import type { StratumCounts, TypeMonth } from '../evaluate/evaluation.ts'
import { errorsIn, formatBeside, formatConfidence, formatLimit } from '../evaluate/sentences.ts'
import type { TripWire } from './trip-wire.ts'

/** One-sided level of the bounds. Rates fire only when they are shown to be over, not when a point looks so. */
const alpha = 0.05
const scales: readonly CsatScale[] = ['five_point', 'three_point', 'binary']

export interface FiredTripWire {
  wire: TripWire
  month: string
  /** What passed the threshold: a bound of a share, an e-value, a count. */
  value: number
  /** One sentence: why it fired. */
  reason: string
}

/**
 * Which trip-wires the months fire, each once, in its first such month. Pure. Months that can still change count too:
 * a trip-wire is there to be early, and stepping down is the safe side. What is not measured, or cannot be, fires
 * nothing: gates treat it as inconclusive. Rates need their one-sided 95 % bound (Clopper-Pearson) beyond the threshold;
 * the harm e-value may be read at every publish (methods.md section 2.3) and is counted anew each month. Where reviews
 * have weights of their own, the error rate needs its Bonferroni bound over the strata, and the e-value, which takes all
 * as drawn alike, fires nothing.
 */
export function checkTripWires(wires: readonly TripWire[], months: readonly TypeMonth[]): FiredTripWire[] {
  const inOrder = [...months].sort((a, b) => a.month.localeCompare(b.month))
  return wires.flatMap((wire) => {
    for (const typeMonth of inOrder) {
      const fired = check(wire, typeMonth)
      if (fired !== null) return [{ wire, month: typeMonth.month, ...fired }]
    }
    return []
  })
}

function check(wire: TripWire, { month, points, strata = [] }: TypeMonth): { value: number; reason: string } | null {
  const { metric, threshold } = wire
  if (metric === 'critical_defects') {
    const found = findPoint(points, metric)?.numerator ?? 0
    if (!(found > threshold)) return null
    return { value: found, reason: `${countOf(found, 'critical defect')} found in ${formatMonth(month)}.` }
  }
  const isWeighted = strata.length > 0 || (findPoint(points, 'ai_error_rate')?.effectiveSize ?? null) !== null
  if (metric === 'harm_e_value') return isWeighted ? null : checkHarm(wire, month, points)
  const point = metric === 'csat_satisfied_rate' ? dominantCsat(points) : findPoint(points, metric)
  const counts = countsOf(point)
  if (counts === null) return null
  const { label, better } = metrics[metric]
  if (metric === 'ai_error_rate' && isWeighted) return checkWeighted(wire, month, counts, strata)
  const share = formatShare(counts.k / counts.n)
  const sure = `at ${formatConfidence(alpha)} confidence`
  if (better === 'higher') {
    const upper = clopperPearsonUpper(counts.k, counts.n, alpha)
    if (upper >= threshold) return null
    const reason = `${label} was ${share} of ${formatCount(counts.n)} in ${formatMonth(month)}: ${sure} at most ${formatBeside(upper, threshold)}, under ${formatLimit(threshold)}.`
    return { value: upper, reason }
  }
  const lower = clopperPearsonLower(counts.k, counts.n, alpha)
  if (lower <= threshold) return null
  const reason = `${label} was ${share} of ${formatCount(counts.n)} in ${formatMonth(month)}: ${sure} at least ${formatBeside(lower, threshold)}, over ${formatLimit(threshold)}.`
  return { value: lower, reason }
}

function checkHarm(wire: TripWire, month: string, points: readonly MetricPoint[]) {
  const counts = countsOf(findPoint(points, 'ai_error_rate'))
  if (counts === null || wire.against === null) return null
  // Far beyond any threshold the number itself says nothing more.
  const value = Math.min(harmEValue(counts.k, counts.n, wire.against), 1e15)
  if (value < wire.threshold) return null
  const reason = `${errorsIn(counts.k, counts.n)} of ${formatMonth(month)} alone: the evidence that the rate is over ${formatLimit(wire.against)} is ${formatCount(Math.floor(value))} to 1, at least ${formatCount(wire.threshold)} to 1 was agreed to step down.`
  return { value, reason }
}

function checkWeighted(
  { threshold }: TripWire,
  month: string,
  counts: { k: number; n: number },
  strata: readonly StratumCounts[],
): { value: number; reason: string } | null {
  // Of reviews whose stratum has no size nobody knows what they stand for.
  if (strata.some(({ population, reviewed, errors }) => population < reviewed || errors > reviewed)) return null
  const sampled = strata.map(({ population, reviewed, errors }) => ({ population, sampled: reviewed, hits: errors }))
  const lower = bonferroniLower(sampled, alpha)
  if (lower <= threshold) return null
  const reason = `${errorsIn(counts.k, counts.n)} of ${formatMonth(month)}, weighted by stratum: ${metrics.ai_error_rate.label} at ${formatConfidence(alpha)} confidence at least ${formatBeside(lower, threshold)}, over ${formatLimit(threshold)}.`
  return { value: lower, reason }
}

function findPoint(points: readonly MetricPoint[], metric: MetricId, scale: CsatScale | null = null) {
  return points.find((point) => point.metric === metric && point.cohort === 'ai_participated' && point.scale === scale)
}

/** Scales are never mixed: the one with most answers. */
function dominantCsat(points: readonly MetricPoint[]): MetricPoint | undefined {
  return scales
    .map((scale) => findPoint(points, 'csat_satisfied_rate', scale))
    .reduce((most, next) => ((next?.denominator ?? 0) > (most?.denominator ?? 0) ? next : most), undefined)
}

function countsOf(point: MetricPoint | undefined): { k: number; n: number } | null {
  if (point === undefined) return null
  const { numerator: k, denominator: n } = point
  return Number.isSafeInteger(k) && Number.isSafeInteger(n) && k >= 0 && n > 0 && k <= n ? { k, n } : null
}
