import { round } from '../../charts/chart-frame.ts'
import type { ValueAxis } from '../../charts/value-axis.ts'
import type { ErrorCell } from '../../evidence/type-row.ts'

const width = 168
const height = 24
const dot = 4
/** Half a dot at either end, so that one at the end of the axis shows whole, and room for the last tick's word. */
const [inset, reach] = [dot + 1, width - 14]

/** Ticks of the shared axis, in the head of the column. */
export function IntervalAxis({ axis }: { axis: ValueAxis }) {
  return (
    <svg viewBox={`0 0 ${width} 16`} aria-hidden="true" focusable="false">
      {axis.ticks.map((tick) => (
        <text key={tick} x={xOf(axis, tick)} y="12" textAnchor="middle">
          {Number((tick * 100).toPrecision(6))}
        </text>
      ))}
    </svg>
  )
}

/** An estimate on the shared axis: inconclusive band, limit, whisker, point. A whisker beyond the axis ends in an arrow. */
export function IntervalCell({ cell, axis }: { cell: Extract<ErrorCell, { kind: 'rate' }>; axis: ValueAxis }) {
  const y = height / 2
  const from = xOf(axis, cell.lower)
  const through = xOf(axis, cell.upper)
  const isCut = cell.upper > axis.through
  const band =
    cell.bandFrom === null || cell.bandThrough === null
      ? null
      : { from: xOf(axis, cell.bandFrom), through: xOf(axis, cell.bandThrough) }
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={cell.label} focusable="false">
      {band === null ? null : (
        <rect className="g-band" x={band.from} y="4" width={round(Math.max(band.through - band.from, 0))} height="16" />
      )}
      {cell.limit === null || cell.limit > axis.through ? null : (
        <line className="g-limit" x1={xOf(axis, cell.limit)} x2={xOf(axis, cell.limit)} y1="2" y2={height - 2} />
      )}
      <line className="g-whisker strong" x1={from} x2={through} y1={y} y2={y} />
      {isCut ? (
        <path className="g-cut" d={`M${through - 4} ${y - 4} L${through} ${y} L${through - 4} ${y + 4}`} />
      ) : null}
      <circle className="g-dot" cx={xOf(axis, cell.value)} cy={y} r={dot} />
    </svg>
  )
}

function xOf(axis: ValueAxis, value: number): number {
  const share = (value - axis.from) / (axis.through - axis.from)
  return round(inset + Math.min(Math.max(share, 0), 1) * reach)
}
