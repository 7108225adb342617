import type { GateResult } from '#governance/evaluate/evaluation.ts'
import { formatDifferenceNumber, formatPoints, formatShareNumber } from '#models/format-metric.ts'
import { goodSides, intervalWords, limitWords, valueWords } from './gate-words.ts'

const width = 252
const height = 44
const inset = 8
const middle = 22

/** Whether the gate has something to draw: a value on a scale with a limit. */
export function hasPlot(result: GateResult): boolean {
  return goodSides[result.gate] !== undefined && result.limit !== null && valueWords(result) !== null
}

/**
 * A gate at one look: where a point passes, where it cannot be told at this sample size, where it fails; the value
 * with its interval, the bound that decides, and the limit.
 */
export function GatePlot({ result }: { result: GateResult }) {
  const { value, limit, lower, upper, decisiveBound, decisiveSide } = result
  const good = goodSides[result.gate]
  if (value === null || limit === null || good === undefined) return null
  const axis = axisOf(result)
  const x = (at: number): number => {
    const share = (at - axis.from) / (axis.through - axis.from)
    return round(inset + Math.min(1, Math.max(0, share)) * (width - 2 * inset))
  }
  const [bandFrom, bandTo] = bandOf(result, good)
  const [from, to] = [x(bandFrom), x(bandTo)]
  const left = good === 'below' ? 'pass' : 'fail'
  const right = good === 'below' ? 'fail' : 'pass'
  const whiskerEnd = decisiveSide === 'upper' ? upper : lower
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={description(result, good)}>
      <rect className={`g-zone-${left}`} x={inset} y="14" width={Math.max(0, round(from - inset))} height="16" />
      <rect className="g-zone-base" x={from} y="14" width={round(to - from)} height="16" />
      <rect className="g-zone-inc" x={from} y="14" width={round(to - from)} height="16" />
      <rect className={`g-zone-${right}`} x={to} y="14" width={Math.max(0, round(width - inset - to))} height="16" />
      {axis.ticks
        .filter((tick) => Math.abs(x(tick) - x(limit)) > 3)
        .map((tick) => (
          <text key={tick} x={x(tick)} y="42" textAnchor={anchor(x(tick))}>
            {short(result, tick)}
          </text>
        ))}
      <line className="g-limit" x1={x(limit)} x2={x(limit)} y1="11" y2="33" />
      <text className="t-limit" x={x(limit)} y="9" textAnchor={anchor(x(limit))}>
        {short(result, limit)}
        {unitOf(result)}
      </text>
      {lower === null || upper === null ? null : (
        <line className="g-whisker strong" x1={x(lower)} x2={x(upper)} y1={middle} y2={middle} />
      )}
      {decisiveBound === null || whiskerEnd === null ? null : (
        <path
          className="g-bound"
          fill="none"
          d={`M${x(whiskerEnd)} ${middle}H${x(decisiveBound)}M${x(decisiveBound)} ${middle - 5}V${middle + 5}`}
        />
      )}
      <circle className="g-dot" cx={x(value)} cy={middle} r="4.5" />
    </svg>
  )
}

/** The inconclusive stretch. A gate that never fails has everything on the wrong side of its limit in it. */
function bandOf(result: GateResult, good: 'below' | 'above'): [number, number] {
  const { inconclusiveFrom, inconclusiveTo, limit } = result
  const at = limit ?? 0
  if (result.gate === 'G7') return good === 'above' ? [-Infinity, at] : [at, Infinity]
  return inconclusiveFrom === null || inconclusiveTo === null ? [at, at] : [inconclusiveFrom, inconclusiveTo]
}

interface Axis {
  from: number
  through: number
  ticks: number[]
}

/** Round ends around everything drawn, within what the unit allows. */
function axisOf(result: GateResult): Axis {
  const { unit } = result
  const drawn = [
    result.value,
    result.limit,
    result.lower,
    result.upper,
    result.decisiveBound,
    result.inconclusiveFrom,
    result.inconclusiveTo,
    unit === 'difference' ? 0 : null,
  ].filter((value): value is number => value !== null && Number.isFinite(value))
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)]
  const step = roundStep((high - low || 0.02) / 3)
  const bottom = unit === 'difference' ? -1 : 0
  const top = unit === 'points' ? 100 : 1
  // Rates of errors start at nothing wherever that costs little room: 0 is what one hopes for.
  const from = unit === 'share' && result.gate === 'G1' ? 0 : Math.max(bottom, Math.floor(low / step - 0.2) * step)
  const through = Math.min(top, Math.ceil(high / step + 0.2) * step)
  const ticks: number[] = []
  const every = (through - from) / step > 5 ? 2 * step : step
  for (let tick = from; tick <= through + step / 1000; tick += every) ticks.push(Number(tick.toPrecision(10)))
  return { from, through, ticks }
}

/** 1, 2 or 5 times a power of ten, not under the given step. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10)
}

function anchor(x: number): 'start' | 'middle' | 'end' {
  if (x < inset + 12) return 'start'
  return x > width - inset - 12 ? 'end' : 'middle'
}

function short({ unit }: GateResult, value: number): string {
  if (unit === 'points') return formatPoints(value, Number.isInteger(value) ? 0 : 1)
  const isWhole = Math.abs(value * 100 - Math.round(value * 100)) < 1e-9
  return unit === 'difference'
    ? formatDifferenceNumber(value, isWhole ? 0 : 1)
    : formatShareNumber(value, isWhole ? 0 : 1)
}

function unitOf({ unit }: GateResult): string {
  if (unit === 'share') return '\u202f%'
  return unit === 'difference' ? '\u202fpp' : ''
}

function description(result: GateResult, good: 'below' | 'above'): string {
  const interval = intervalWords(result)
  const [from, to] = bandOf(result, good)
  const band =
    Number.isFinite(from) && Number.isFinite(to) && from < to
      ? `; not to be told between ${short(result, from)} and ${short(result, to)}${unitOf(result)}`
      : ''
  return `${valueWords(result)}${interval === null ? '' : `, interval ${interval}`}; asked for: ${limitWords(result)}${band}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
