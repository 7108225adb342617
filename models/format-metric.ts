import type { MetricDefinition, MetricId, MetricUnit } from './metrics.ts'
import { metrics } from './metrics.ts'

/** Narrow no-break space: a number never loses its unit at the end of a line. */
const gap = '\u202f'
const minus = '\u2212'

const number = (digits: number) =>
  new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const signed = (digits: number) =>
  new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  })
const plain = [number(0), number(1), number(2)] as const
const withSign = [signed(0), signed(1), signed(2)] as const
type Digits = 0 | 1 | 2

/** 12480 -> 12,480 */
export function formatCount(value: number): string {
  return plain[0].format(value)
}

/** A share 0..1 as per cent: 0.031 -> 3.1 % */
export function formatShare(share: number, digits: Digits = 1): string {
  return `${formatShareNumber(share, digits)}${gap}%`
}

/** The number of a share without its unit, for columns that carry the unit in their head: 0.031 -> 3.1 */
export function formatShareNumber(share: number, digits: Digits = 1): string {
  return plain[digits].format(share * 100)
}

/** Points 0..100 or of a CSAT scale: 90.74 -> 90.7 */
export function formatPoints(points: number, digits: Digits = 1): string {
  return plain[digits].format(points)
}

/** A difference of two shares in percentage points: 0.018 -> +1.8 pp, -0.046 -> −4.6 pp */
export function formatDifference(difference: number, digits: Digits = 1): string {
  return `${formatDifferenceNumber(difference, digits)}${gap}pp`
}

/** As formatDifference, without the unit. */
export function formatDifferenceNumber(difference: number, digits: Digits = 1): string {
  return withSign[digits].format(difference * 100).replace('-', minus)
}

/** Limits of an interval of shares, without unit: (0.021, 0.045) -> 2.1 to 4.5 */
export function formatShareInterval(lower: number, upper: number, digits: Digits = 1): string {
  return `${formatShareNumber(lower, digits)}\u00a0to\u00a0${formatShareNumber(upper, digits)}`
}

/** A value in the unit of its metric: share as per cent, count with thousands, points with one decimal. */
export function formatMetricValue(metric: MetricId, value: number, digits: Digits = 1): string {
  return formatInUnit((metrics[metric] satisfies MetricDefinition).unit, value, digits)
}

/** Interval of a metric in its unit, unit not repeated: 2.1 to 4.5 */
export function formatMetricInterval(metric: MetricId, lower: number, upper: number, digits: Digits = 1): string {
  return metrics[metric].unit === 'share'
    ? formatShareInterval(lower, upper, digits)
    : `${formatPoints(lower, digits)}\u00a0to\u00a0${formatPoints(upper, digits)}`
}

function formatInUnit(unit: MetricUnit, value: number, digits: Digits): string {
  if (unit === 'share') return formatShare(value, digits)
  if (unit === 'count') return formatCount(value)
  if (unit === 'days') return countOf(Math.round(value), 'day')
  const suffix = { points: '', per_day: ' a\u00a0day', minutes: '\u00a0min' }[unit]
  return `${formatPoints(value, digits)}${suffix}`
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** 2026-09 -> September 2026 */
export function formatMonth(month: string): string {
  return `${monthName(month)} ${month.slice(0, 4)}`
}

/** 2026-09 -> September */
export function monthName(month: string): string {
  return monthNames[Number(month.slice(5, 7)) - 1] ?? month
}

/** 2026-09 -> Sep */
export function shortMonthName(month: string): string {
  return monthName(month).slice(0, 3)
}

/** A calendar day in the given zone: 31 Oct 2026 */
export function formatDay(instant: Date, timeZone: string): string {
  return formatterOf('day', timeZone).format(instant).replace('Sept', 'Sep')
}

/** An instant in the given zone, zone named: 31 Oct 2026 23:59 UTC */
export function formatInstant(instant: Date, timeZone: string): string {
  return `${formatDay(instant, timeZone)} ${formatterOf('time', timeZone).format(instant)}`
}

const instantParts = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
} as const
/** Made once per part and zone: making one takes longer than formatting a whole table with it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(part: keyof typeof instantParts, timeZone: string): Intl.DateTimeFormat {
  const key = `${part} ${timeZone}`
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...instantParts[part], timeZone })
  formatters.set(key, formatter)
  return formatter
}

/** English count with its noun: 1 type, 3 types. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** Counts up to twelve as words, for sentences: 1 -> one. */
export function countWord(count: number): string {
  return words[count] ?? formatCount(count)
}
