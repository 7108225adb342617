import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

interface ChartDrawingProps {
  className: string
  /** The server's own SVG, escaped there. */
  markup: string
  label: string
}

/**
 * A drawing whose marks the keyboard reaches. Each is a link as it comes from the server; where scripts run the chart is
 * one stop, and the arrow keys, Home and End move between its marks.
 */
export function ChartDrawing({ className, markup, label }: ChartDrawingProps) {
  const area = useRef<HTMLDivElement>(null)
  const [hasArrows, setHasArrows] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing has other marks.
  useEffect(() => {
    const marks = marksOf(area.current)
    marks.forEach((mark, index) => {
      mark.setAttribute('tabindex', index === marks.length - 1 ? '0' : '-1')
    })
    setHasArrows(marks.length > 1)
  }, [markup])

  function move(event: KeyboardEvent) {
    const marks = marksOf(area.current)
    const at = marks.indexOf(event.target as SVGElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[event.key]
    const next = to === undefined ? undefined : marks[to]
    if (at === -1 || to === undefined) return
    event.preventDefault()
    if (next === undefined) return
    marks[at]?.setAttribute('tabindex', '-1')
    next.setAttribute('tabindex', '0')
    next.focus()
  }

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

function marksOf(area: HTMLDivElement | null): SVGElement[] {
  return area === null ? [] : [...area.querySelectorAll<SVGElement>('.g-mark')]
}
