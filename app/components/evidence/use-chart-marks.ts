import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react'

/**
 * Marks of a drawing by keyboard. Each is a link as it comes from the server; where scripts run the drawing is one stop, and
 * the arrow keys, Home and End move between its marks. `drawing`: another one has other marks.
 */
export function useChartMarks(
  area: RefObject<HTMLElement>,
  drawing: unknown,
): { hasArrows: boolean; move: (event: KeyboardEvent) => void } {
  const [hasArrows, setHasArrows] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing has other marks.
  useEffect(() => {
    const marks = marksOf(area.current)
    marks.forEach((mark, index) => {
      mark.setAttribute('tabindex', index === marks.length - 1 ? '0' : '-1')
    })
    setHasArrows(marks.length > 1)
  }, [drawing])

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

  return { hasArrows, move }
}

function marksOf(area: HTMLElement | null): SVGElement[] {
  return area === null ? [] : [...area.querySelectorAll<SVGElement>('.g-mark')]
}
