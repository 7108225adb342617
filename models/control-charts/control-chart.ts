import { type MetricDefinition, type MetricId, metrics } from '../metrics.ts'
import { binomialAtLeast, binomialAtMost } from '../statistics/binomial-tail.ts'
import { type ChartSignal, chartSignals, type PlacedPoint } from '../statistics/chart-signals.ts'
import { laneyChart } from '../statistics/laney-chart.ts'
import { xmrChart } from '../statistics/xmr-chart.ts'

/** One final month of one metric. */
export interface ChartedMonth {
  /** YYYY-MM */
  month: string
  /** In the unit of the metric; shares 0..1. */
  value: number
  /** Counts behind a share. */
  numerator: number
  denominator: number
  definitionVersion: number
}

type ChartKind =
  | 'xmr' // means, counts, minutes: individual values and moving ranges
  | 'laney_p' // shares of many: a p chart that also holds the variation between months
  | 'exact_p' // shares of few: exact binomial tails, where limits at three sigma mean nothing
  | 'none' // too few months, or months too much alike, for limits: a list of values

export interface ControlSignal extends ChartSignal {
  /** Whether it is for the better; null where the number alone says nothing. */
  readonly isFavourable: boolean | null
}

export interface ControlPoint {
  readonly month: string
  readonly value: number
  /** Limits of this month; null without limits. */
  readonly lower: number | null
  readonly upper: number | null
  readonly signals: readonly ControlSignal[]
}

export interface ControlChart {
  readonly kind: ChartKind
  readonly definitionVersion: number
  /** Centre line: of the first twelve months, which then stays. null without limits. */
  readonly centre: number | null
  /** Fewer than twelve months: the limits may still move. */
  readonly isTrial: boolean
  readonly points: readonly ControlPoint[]
}

/** Fewer months have no limits, and nothing is said of them. */
export const minimumChartedMonths = 6
const baselineMonths = 12
/** A share of so many contacts, with so many on either side expected, is charted by Laney's p'. */
const manyContacts = 50
const manyExpected = 5
/** Beyond three and beyond two sigma on one side. */
const outsideTail = 0.00135
const nearTail = 0.02275

/**
 * The control charts of one metric's months, oldest first: one, or one for each definition, since a changed definition is
 * another series. The newest is the last. A change of the AI version does not break the series: what it did shall show.
 *
 * Chart: XmR for what is no share; Laney p' for shares where the usual month has 50 contacts and five expected on
 * either side; exact binomial tails where it has fewer; none under six months. Signals: the four rules of Making Data Count
 * on whichever chart, favourable by the catalogue's direction. methods.md section 3. Only final months belong in it; months
 * without a value are left out by the caller.
 */
export function controlCharts(metric: MetricId, months: readonly ChartedMonth[]): ControlChart[] {
  const series: ChartedMonth[][] = []
  for (const month of months) {
    const current = series.at(-1)
    if (current?.[0]?.definitionVersion === month.definitionVersion) current.push(month)
    else series.push([month])
  }
  return series.map((own) => chartOf(metrics[metric], own))
}

function chartOf(metric: MetricDefinition, months: readonly ChartedMonth[]): ControlChart {
  const { kind, centre, limits, placed } = placeMonths(metric, months)
  // Of equal values every limit lies on the centre, and rounding would look like a signal.
  const isStill = months.every(({ value }) => value === months[0]?.value)
  const signals = kind === 'none' || isStill ? [] : chartSignals(placed)
  return {
    kind,
    definitionVersion: months[0]?.definitionVersion ?? metric.definitionVersion,
    centre,
    isTrial: months.length < baselineMonths,
    points: months.map(({ month, value }, index) => ({
      month,
      value,
      lower: limits[index]?.lower ?? null,
      upper: limits[index]?.upper ?? null,
      signals: (signals[index] ?? []).map((signal) => ({ ...signal, isFavourable: favourable(metric, signal) })),
    })),
  }
}

function favourable({ better }: MetricDefinition, { direction }: ChartSignal): boolean | null {
  return better === 'none' ? null : (better === 'higher') === (direction === 'up')
}

interface Placed {
  kind: ChartKind
  centre: number | null
  limits: readonly { lower: number; upper: number }[]
  placed: readonly PlacedPoint[]
}

function placeMonths(metric: MetricDefinition, months: readonly ChartedMonth[]): Placed {
  if (months.length < minimumChartedMonths) return { kind: 'none', centre: null, limits: [], placed: [] }
  if (metric.unit !== 'share') return placeByRanges(months)
  const baseline = months.slice(0, baselineMonths)
  const hits = baseline.reduce((sum, month) => sum + hitsOf(month), 0)
  const cases = baseline.reduce((sum, { denominator }) => sum + denominator, 0)
  const centre = hits / cases
  // The usual month decides: one thin month is no reason to read all others by exact tails, which know no dispersion.
  const sizes = months.map(({ denominator }) => denominator).sort((left, right) => left - right)
  const usual = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0
  const isLarge = usual >= manyContacts && usual * Math.min(centre, 1 - centre) >= manyExpected
  return isLarge ? placeByLaney(months, centre) : placeByTails(months, centre, (hits + 0.5) / (cases + 1))
}

/** Of a weighted share the counts are rounded; a centre made of them would lie beside all the values. */
function hitsOf({ value, numerator, denominator }: ChartedMonth): number {
  return numerator / denominator === value ? numerator : value * denominator
}

function placeByRanges(months: readonly ChartedMonth[]): Placed {
  const { limits } = xmrChart(months.map(({ value }) => value))
  // Rare counts: most neighbours are equal, the median range is 0, and every month would lie outside.
  if (limits === null || limits.upper <= limits.mean) return { kind: 'none', centre: null, limits: [], placed: [] }
  return {
    kind: 'xmr',
    centre: limits.mean,
    limits: months.map(() => ({ lower: limits.lower, upper: limits.upper })),
    placed: months.map(({ value }) => placeBetween(value, limits.mean, limits.upper - limits.mean)),
  }
}

function placeByLaney(months: readonly ChartedMonth[], centre: number): Placed {
  const { usedSigmaZ } = laneyChart(
    months.slice(0, baselineMonths).map(({ numerator, denominator }) => ({ k: numerator, n: denominator })),
  )
  const reaches = months.map(({ denominator }) => 3 * usedSigmaZ * Math.sqrt((centre * (1 - centre)) / denominator))
  return {
    kind: 'laney_p',
    centre,
    limits: reaches.map((reach) => ({ lower: Math.max(0, centre - reach), upper: Math.min(1, centre + reach) })),
    placed: months.map(({ value }, index) => placeBetween(value, centre, reaches[index] ?? 0)),
  }
}

/** Outside beyond the reach on either side; near beyond two thirds of it. */
function placeBetween(value: number, centre: number, reach: number): PlacedPoint {
  const distance = Math.abs(value - centre)
  return {
    value,
    side: Math.sign(value - centre),
    zone: distance > reach ? 'outside' : distance > (2 / 3) * reach ? 'near' : 'inner',
  }
}

/** `assumed` is the centre kept away from 0 and 1, so that a first error after a year without one is no miracle. */
function placeByTails(months: readonly ChartedMonth[], centre: number, assumed: number): Placed {
  return {
    kind: 'exact_p',
    centre,
    limits: months.map(({ denominator }) => exactLimits(denominator, assumed)),
    placed: months.map(({ value, numerator, denominator }) => {
      const side = Math.sign(value - centre)
      const tail =
        side > 0 ? binomialAtLeast(numerator, denominator, assumed) : binomialAtMost(numerator, denominator, assumed)
      const zone = side === 0 || tail >= nearTail ? 'inner' : tail < outsideTail ? 'outside' : 'near'
      return { value, side, zone }
    }),
  }
}

/** The shares that are not outside: k from the least to the most that chance gives. */
function exactLimits(n: number, share: number): { lower: number; upper: number } {
  let least = 0
  while (least < n && binomialAtMost(least, n, share) < outsideTail) least += 1
  let most = Math.max(least, Math.floor(n * share))
  while (most < n && binomialAtLeast(most + 1, n, share) >= outsideTail) most += 1
  return { lower: least / n, upper: most / n }
}
