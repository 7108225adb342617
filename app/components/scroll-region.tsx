import type { ReactNode } from 'react'

interface ScrollRegionProps {
  label: string
  /** The table may be longer than the window: it scrolls in itself, and its head and first column stay in view. */
  isTall?: boolean
  children: ReactNode
}

/** A table that may be wider than the window: it scrolls in itself, by keyboard too. */
export function ScrollRegion({ label, isTall = false, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe scrollable-region-focusable).
    <section className={isTall ? 'wide-table tall' : 'wide-table'} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
