import { round } from './chart-frame.ts'

export interface SparkPoint {
  month: string
  value: number | null
  isProvisional: boolean
}

const width = 160
const height = 28

/** The months before, at a glance; the number beside it is the message, so it is hidden from readers. */
export function Sparkline({ points, currentMonth }: { points: readonly SparkPoint[]; currentMonth: string }) {
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]))
  if (values.length < 3) return <svg className="spark" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" />
  const low = Math.min(...values)
  const high = Math.max(...values)
  const span = high - low || 1
  const x = (index: number) => round(4 + (index / (points.length - 1)) * (width - 12))
  const y = (value: number) => round(height - 5 - ((value - low) / span) * (height - 11))
  let solid = ''
  let dashed = ''
  let previous: SparkPoint | null = null
  points.forEach((point, index) => {
    if (point.value !== null) {
      const here = `${x(index)} ${y(point.value)}`
      if (previous?.value == null) solid += `M${here}`
      else if (point.isProvisional) dashed += `M${x(index - 1)} ${y(previous.value)} L${here}`
      else solid += `L${here}`
    }
    previous = point
  })
  const current = points.findIndex((point) => point.month === currentMonth)
  const currentValue = points[current]?.value ?? null
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMid meet" aria-hidden="true">
      {points.map((point, index) =>
        point.isProvisional ? (
          <rect key={point.month} className="g-hatch" x={round(x(index) - 6)} y="0" width="12" height={height} />
        ) : null,
      )}
      <path className="g-line" d={solid} />
      {dashed === '' ? null : <path className="g-line weak dash" d={dashed} />}
      {currentValue === null ? null : (
        <circle
          className={points[current]?.isProvisional ? 'g-dot hollow' : 'g-dot'}
          cx={x(current)}
          cy={y(currentValue)}
          r="3"
        />
      )}
    </svg>
  )
}
