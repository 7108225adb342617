import { useEffect } from 'react'

/**
 * Where scripts run, a table whose head stays in view and that is no wider than its place does not scroll in itself: so its
 * head can stay at the edge of the window. Nothing moves by it; without scripts only the head goes out of view.
 */
export function useFittingTables(): void {
  // After every page that is shown: it may have other tables.
  useEffect(markFitting)
  useEffect(() => {
    addEventListener('resize', markFitting)
    return () => removeEventListener('resize', markFitting)
  }, [])
}

function markFitting(): void {
  for (const region of document.querySelectorAll<HTMLElement>('.held:not(.tall) > .wide-table')) {
    region.toggleAttribute('data-fits', region.scrollWidth <= region.clientWidth)
  }
}
