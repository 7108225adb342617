import { useRef } from 'react'
import { useChartMarks } from './use-chart-marks.ts'

interface ChartDrawingProps {
  className: string
  /** The server's own SVG, escaped there. */
  markup: string
  label: string
}

/** A drawing of the server whose marks the keyboard reaches. */
export function ChartDrawing({ className, markup, label }: ChartDrawingProps) {
  const area = useRef<HTMLDivElement>(null)
  const { hasArrows, move } = useChartMarks(area, markup)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of marks, not of fields.
    <div
      ref={area}
      role="group"
      className={className}
      aria-label={hasArrows ? `${label} Arrow keys move between points.` : label}
      onKeyDown={move}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by React on the server from escaped text.
      dangerouslySetInnerHTML={{ __html: markup }}
    />
  )
}
