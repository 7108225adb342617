import type { ReactNode } from 'react'
import { round } from './chart-frame.ts'
import { unspoken } from './unspoken.ts'

interface ChartMarkProps {
  /** "Month: value, interval, count": read out, and shown beside the mark while it has the focus or the pointer. */
  text: string
  /** The rows behind it; null: none to open. */
  href: string | null
  /** Middle of the mark. */
  x: number
  y: number
  /** Of the drawing: what is shown stays within it. */
  width: number
  children: ReactNode
}

/** A mark that leads nowhere still has a value to be reached. */
const stop = { tabIndex: 0, role: 'img' } as const

/**
 * A point or column that the keyboard reaches: a link to its rows, else a plain stop. Works without scripts; a browser
 * that runs them makes one stop of all marks of a chart and moves between them with the arrow keys.
 */
export function ChartMark({ text, href, x, y, width, children }: ChartMarkProps) {
  const inside = (
    <>
      {children}
      <Reading text={text} x={x} y={y} width={width} />
    </>
  )
  return href === null ? (
    <g className="g-mark" {...stop} aria-label={text}>
      {inside}
    </g>
  ) : (
    <a className="g-mark" href={href} aria-label={text}>
      {inside}
    </a>
  )
}

const lineHeight = 14
const letterWidth = 5.9
const away = 14

/** What the mark says, on two lines in a box above it, or below where there is no room. */
function Reading({ text, x, y, width }: Pick<ChartMarkProps, 'text' | 'x' | 'y' | 'width'>) {
  const split = text.indexOf(': ')
  const lines = split === -1 ? [text] : [text.slice(0, split), text.slice(split + 2)]
  const boxWidth = round(Math.min(Math.max(...lines.map((line) => line.length)) * letterWidth + 16, width - 4))
  const boxHeight = lines.length * lineHeight + 8
  const left = round(Math.min(Math.max(x - boxWidth / 2, 2), width - boxWidth - 2))
  const top = round(y - boxHeight - away < 0 ? y + away : y - boxHeight - away)
  return (
    <g className="g-reading" {...unspoken}>
      <rect x={left} y={top} width={boxWidth} height={boxHeight} rx="4" />
      {lines.map((line, index) => (
        <text
          key={line}
          className={index === 0 && lines.length > 1 ? 'strong' : 'ink'}
          x={round(left + 8)}
          y={round(top + 14 + index * lineHeight)}
        >
          {line}
        </text>
      ))}
    </g>
  )
}
