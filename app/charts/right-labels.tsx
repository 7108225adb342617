import type { ChartFrame } from './chart-frame.ts'
import { round } from './chart-frame.ts'
import { spreadLabels } from './spread-labels.ts'
import { unspoken } from './unspoken.ts'

export interface RightLabel {
  text: string
  /** The value the label belongs to. */
  value: number
  kind: 'limit' | 'series' | 'note'
}

const classOf = { limit: 't-limit', series: 'ink', note: undefined } as const

/** Direct labels at the right edge of the plot, in place of a legend. */
export function RightLabels({ frame, labels }: { frame: ChartFrame; labels: readonly RightLabel[] }) {
  const placed = spreadLabels(labels.map((label) => ({ ...label, y: frame.y(label.value) })))
  return (
    <g {...unspoken}>
      {placed.map((label) => (
        <text key={label.text} className={classOf[label.kind]} x={frame.width - frame.right + 6} y={round(label.y + 4)}>
          {label.text}
        </text>
      ))}
    </g>
  )
}
