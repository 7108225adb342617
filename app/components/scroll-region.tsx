import type { ReactNode } from 'react'

interface ScrollRegionProps {
  label: string
  /**
   * Where the head and the first column stay in view. region: a long list scrolls in itself. window: every row shows, and
   * where the table is no wider than its place (useFittingTables) the head stays below the bar of the page.
   */
  head?: 'region' | 'window'
  children: ReactNode
}

const frames = { region: 'scroll-frame held tall', window: 'scroll-frame held' } as const

/** A table that may be wider than the window: it scrolls in itself, by keyboard too, and shows where it goes on. */
export function ScrollRegion({ label, head, children }: ScrollRegionProps) {
  return (
    <div className={head === undefined ? 'scroll-frame' : frames[head]}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe scrollable-region-focusable). */}
      <section className="wide-table" aria-label={label} tabIndex={0}>
        {children}
      </section>
    </div>
  )
}
