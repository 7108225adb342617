import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { ChartFrame, ChartMoment } from './chart-frame.ts'
import { round } from './chart-frame.ts'

/** A level while it was in force; an open end means to the edge of the chart. */
export interface RibbonPart {
  level: OversightLevel
  from: ChartMoment | null
  through: ChartMoment | null
}

const classOf = { human_as_the_loop: 'g-ribbon-a', human_in_the_loop: 'g-ribbon-b', human_on_the_loop: 'g-ribbon-c' }

/** The level in force, drawn as a thin ribbon on the time axis. */
export function LevelRibbon({ frame, parts }: { frame: ChartFrame; parts: readonly RibbonPart[] }) {
  const end = frame.width - frame.right
  return (
    <g>
      {parts.map((part) => {
        const from = part.from === null ? frame.left : frame.xOfMoment(part.from)
        const through = part.through === null ? end : frame.xOfMoment(part.through)
        if (from === undefined || through === undefined || through - from < 1) return null
        return (
          <rect
            key={`${part.level} ${from}`}
            className={classOf[part.level]}
            x={from}
            y={frame.floor + 1}
            width={round(through - from - 1)}
            height="3"
          />
        )
      })}
    </g>
  )
}
