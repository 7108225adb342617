import type { ChartFrame } from './chart-frame.ts'
import { round } from './chart-frame.ts'

/** Per month: between which values a point cannot be told from the limit at that month's sample size. */
export interface MonthBand {
  from: number
  through: number
}

/** Grey columns behind the points; one per month because the sample size differs. */
export function InconclusiveBands({ frame, bands }: { frame: ChartFrame; bands: readonly (MonthBand | null)[] }) {
  return (
    <g>
      {bands.map((band, index) => {
        if (band === null) return null
        const top = frame.y(band.through)
        return (
          <rect
            key={frame.months[index]}
            className="g-band"
            x={round(frame.x(index) - frame.columnWidth / 2 + 2)}
            y={top}
            width={round(frame.columnWidth - 4)}
            height={round(frame.y(band.from) - top)}
          />
        )
      })}
    </g>
  )
}
