import type { ReactNode } from 'react'

/** A table that may be wider than the window: it scrolls in itself, by keyboard too. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe scrollable-region-focusable).
    <section className="wide-table" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
