import { useEffect } from 'react'

/** What a table may stand out without hiding anything: less than the space beside a number. */
const slack = 4

/**
 * Where scripts run, a table that is no wider than its place, or by a hair, shows no shade at its edges. One whose head
 * stays in view does not scroll in itself either: so its head can stay at the edge of the window. Nothing moves by it;
 * without scripts the head goes out of view, and a shade may cover the last digit of a table that is a hair too wide.
 */
export function useFittingTables(): void {
  // After every page that is shown: it may have other tables.
  useEffect(markFitting)
  useEffect(() => {
    addEventListener('resize', markFitting)
    // What a disclosure hides has no width before it opens; the event does not bubble.
    addEventListener('toggle', markFitting, true)
    return () => {
      removeEventListener('resize', markFitting)
      removeEventListener('toggle', markFitting, true)
    }
  }, [])
}

function markFitting(): void {
  for (const region of document.querySelectorAll<HTMLElement>('.wide-table')) {
    const { scrollWidth, clientWidth } = region
    region.toggleAttribute('data-fits', clientWidth > 0 && scrollWidth <= clientWidth + slack)
  }
}
