import type { Page } from 'playwright-core'

/** Cumulative layout shift since the page was opened: 0 when nothing that was shown moved by itself. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) sum += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        // Buffered entries come in a task of their own.
        setTimeout(() => resolve(sum), 200)
      }),
  )
}
