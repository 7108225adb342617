import { useEffect } from 'react'

/**
 * Marks of every drawing by keyboard. Each is a stop as it comes from the server; where scripts run a drawing (an element
 * with data-marks) is one stop, and the arrow keys, Home and End move between its marks. The value of data-marks says so
 * after its name.
 */
export function useChartMarks(): void {
  // After every page that is shown: it may have other drawings.
  useEffect(() => {
    for (const drawing of document.querySelectorAll<HTMLElement>('[data-marks]')) makeOneStop(drawing)
  })
  useEffect(() => {
    document.addEventListener('keydown', move)
    return () => document.removeEventListener('keydown', move)
  }, [])
}

function makeOneStop(drawing: HTMLElement): void {
  const marks = marksOf(drawing)
  if (marks.length < 2 || marks.some((mark) => mark.getAttribute('tabindex') === '-1')) return
  marks.forEach((mark, index) => {
    mark.setAttribute('tabindex', index === marks.length - 1 ? '0' : '-1')
  })
  const [name, hint] = [drawing.getAttribute('aria-label') ?? '', drawing.dataset.marks ?? '']
  if (!name.endsWith(hint)) drawing.setAttribute('aria-label', `${name} ${hint}`)
}

function move(event: KeyboardEvent): void {
  const target = event.target as Element
  const drawing = target.closest<HTMLElement>('[data-marks]')
  const marks = drawing === null ? [] : marksOf(drawing)
  const at = marks.indexOf(target as SVGElement)
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 }[event.key]
  if (at === -1 || to === undefined) return
  event.preventDefault()
  const next = marks[to]
  if (next === undefined) return
  marks[at]?.setAttribute('tabindex', '-1')
  next.setAttribute('tabindex', '0')
  next.focus()
}

function marksOf(drawing: HTMLElement): SVGElement[] {
  return [...drawing.querySelectorAll<SVGElement>('.g-mark')]
}
