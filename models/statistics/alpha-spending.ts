import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import { OversightError } from '../oversight-error.ts'
import { checkInside } from './check-arguments.ts'

/** How fast the error probability is spent: hardly at first (O'Brien-Fleming), or evenly (Pocock). */
export type SpendingFunction = 'obrien_fleming' | 'pocock'

export interface PlannedLook {
  /** Share of the planned information at this look, in (0, 1], rising. */
  readonly informationFraction: number
  /** One-sided alpha spent up to and with this look. */
  readonly cumulativeAlpha: number
  /** Reject at this look when its z is at least this. */
  readonly criticalZ: number
  /** The same as a one-sided p: reject when p <= this. */
  readonly nominalP: number
}

/**
 * The one-sided alpha that may be spent up to information fraction t.
 *
 * Formula: O'Brien-Fleming type 2 (1 - Phi(z_(alpha/2) / sqrt(t))), Pocock type alpha ln(1 + (e - 1) t). Source:
 * Lan & DeMets 1983, Biometrika 70:659-663. Throws OversightError `internal` outside 0 < t <= 1, 0 < alpha < 1.
 */
export function alphaSpent(spending: SpendingFunction, informationFraction: number, alpha = 0.05): number {
  checkInside(alpha, 'alpha', 'alphaSpent')
  if (!(informationFraction > 0 && informationFraction <= 1)) {
    throw new OversightError(
      'internal',
      `alphaSpent needs an information fraction in (0, 1], got ${informationFraction}.`,
    )
  }
  return spending === 'obrien_fleming'
    ? 2 * normalCdf(normalQuantile(alpha / 2, 0, 1) / Math.sqrt(informationFraction), 0, 1)
    : alpha * Math.log(1 + (Math.E - 1) * informationFraction)
}

/**
 * The boundary of each look of a plan with its looks fixed in advance: a pilot with a fixed end. For an open-ended
 * monthly rhythm read the e-values instead.
 *
 * Formula: the z at the looks are jointly normal with correlation sqrt(t_i / t_j); each critical z spends exactly
 * cumulativeAlpha_k - cumulativeAlpha_(k-1), by the recursion of Armitage, McPherson & Rowe 1969 (Jennison &
 * Turnbull 2000, ch. 19) with Gauss-Legendre quadrature, error below 1e-12.
 *
 * `informationFractions` rise strictly within (0, 1]; alpha one-sided. Throws OversightError `internal` otherwise.
 */
export function alphaSpending(
  spending: SpendingFunction,
  informationFractions: readonly number[],
  alpha = 0.05,
): PlannedLook[] {
  return spendingBoundaries(
    informationFractions,
    informationFractions.map((fraction) => alphaSpent(spending, fraction, alpha)),
  )
}

/** As `alphaSpending`, for any rising plan of one-sided alpha spent. */
export function spendingBoundaries(
  informationFractions: readonly number[],
  cumulativeAlphas: readonly number[],
): PlannedLook[] {
  checkPlan(informationFractions, cumulativeAlphas)
  const looks: PlannedLook[] = []
  let survivors: Density | undefined
  let previousFraction = 0
  let previousAlpha = 0
  for (const [index, informationFraction] of informationFractions.entries()) {
    const cumulativeAlpha = cumulativeAlphas[index] ?? 0
    const toSpend = cumulativeAlpha - previousAlpha
    const criticalZ =
      survivors === undefined
        ? -normalQuantile(toSpend, 0, 1)
        : criticalValue(survivors, previousFraction, informationFraction, toSpend)
    looks.push({ informationFraction, cumulativeAlpha, criticalZ, nominalP: normalCdf(-criticalZ, 0, 1) })
    survivors = surviving(survivors, previousFraction, informationFraction, criticalZ)
    previousFraction = informationFraction
    previousAlpha = cumulativeAlpha
  }
  return looks
}

/** The density of z among plans not yet stopped, at quadrature nodes with their weights. */
interface Density {
  readonly nodes: readonly number[]
  readonly masses: readonly number[]
}

/** P(not stopped before, z at this look >= critical) as a function of critical. */
function crossing(survivors: Density, previous: number, current: number, critical: number): number {
  const spread = Math.sqrt(current - previous)
  let total = 0
  for (const [index, node] of survivors.nodes.entries()) {
    const step = (critical * Math.sqrt(current) - node * Math.sqrt(previous)) / spread
    total += (survivors.masses[index] ?? 0) * normalCdf(-step, 0, 1)
  }
  return total
}

function criticalValue(survivors: Density, previous: number, current: number, toSpend: number): number {
  let low = -8
  let high = 12
  for (let turn = 0; turn < 80; turn += 1) {
    const middle = (low + high) / 2
    if (crossing(survivors, previous, current, middle) > toSpend) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Carries the density over one look and cuts it at the critical value. */
function surviving(survivors: Density | undefined, previous: number, current: number, critical: number): Density {
  const { nodes, weights } = quadrature(-9, Math.min(critical, 9))
  const spread = Math.sqrt(current - previous)
  const masses = nodes.map((z, index) => {
    const weight = weights[index] ?? 0
    if (survivors === undefined) return weight * standardDensity(z)
    let density = 0
    for (const [position, node] of survivors.nodes.entries()) {
      const step = (z * Math.sqrt(current) - node * Math.sqrt(previous)) / spread
      density += (survivors.masses[position] ?? 0) * standardDensity(step)
    }
    return weight * density * (Math.sqrt(current) / spread)
  })
  return { nodes, masses }
}

function standardDensity(z: number): number {
  return Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)
}

const PANELS = 24
// Gauss-Legendre on [-1, 1] with 8 points: positive nodes and their weights (Abramowitz & Stegun 25.4.30).
const GAUSS: readonly (readonly [number, number])[] = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
]

function quadrature(from: number, to: number): { nodes: number[]; weights: number[] } {
  const nodes: number[] = []
  const weights: number[] = []
  const half = (to - from) / PANELS / 2
  for (let panel = 0; panel < PANELS; panel += 1) {
    const centre = from + (2 * panel + 1) * half
    for (const [node, weight] of GAUSS) {
      nodes.push(centre - node * half, centre + node * half)
      weights.push(weight * half, weight * half)
    }
  }
  return { nodes, weights }
}

function checkPlan(fractions: readonly number[], alphas: readonly number[]): void {
  const rises = (values: readonly number[]) => values.every((value, index) => value > (values[index - 1] ?? 0))
  if (
    fractions.length !== alphas.length ||
    !rises(fractions) ||
    !rises(alphas) ||
    (fractions.at(-1) ?? 1) > 1 ||
    (alphas.at(-1) ?? 0) >= 1
  ) {
    throw new OversightError(
      'internal',
      `An alpha spending plan needs fractions rising to at most 1 and alphas rising below 1, got ${fractions.join(' ')} and ${alphas.join(' ')}.`,
    )
  }
}
