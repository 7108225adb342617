import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layoutShift } from './layout-shift.ts'
import { listedPages } from './page-list.ts'
import { PageVisits } from './page-visits.ts'
import { preparedSite } from './prepared-site.ts'

const site = preparedSite()

/** What the first visit to a page may cost. Only what is the same on every machine: no seconds. */
const budget = {
  scriptGzipBytes: 180 * 1024,
  requests: 40,
  documentGzipBytes: 75 * 1024,
  layoutShift: 0.01,
}

/** Sixty control charts with their tables, most of them folded away. */
const heavyDocuments: Readonly<Record<string, number>> = { 'types.$type.charts': 420 * 1024 }

interface Costs {
  scripts: string[]
  requests: number
  /** What was painted largest: a picture has an address. */
  largest: { url: string } | null
}

function costs(page: Page): Promise<Costs> {
  return page.evaluate(
    () =>
      new Promise<Costs>((resolve) => {
        let largest: Costs['largest'] = null
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { url: string })[]) {
            largest = { url: entry.url }
          }
        }).observe({ type: 'largest-contentful-paint', buffered: true })
        const resources = performance.getEntriesByType('resource').map(({ name }) => name)
        const scripts = [...new Set(resources.filter((name) => new URL(name).pathname.endsWith('.js')))]
        // Buffered entries come in a task of their own.
        setTimeout(() => resolve({ scripts, requests: resources.length + 1, largest }), 100)
      }),
  )
}

const gzipped = new Map<string, number>()

/** Of a script of the build, as any server would send it. */
function gzipBytesOf(url: string): number {
  const { pathname } = new URL(url)
  const known = gzipped.get(pathname) ?? gzipSync(readFileSync(join('build', 'client', pathname))).length
  gzipped.set(pathname, known)
  return known
}

describe('a page costs little', () => {
  let visits: PageVisits

  beforeAll(() => {
    visits = new PageVisits(site, { viewport: { width: 1440, height: 900 } })
  })

  afterAll(() => visits.close())

  it.each(listedPages)('$name', async (listed) => {
    const page = await visits.open(listed)
    const { scripts, requests, largest } = await costs(page)
    const scriptBytes = scripts.reduce((sum, url) => sum + gzipBytesOf(url), 0)
    expect(scripts.length).toBeGreaterThan(0)
    expect(scriptBytes).toBeLessThan(budget.scriptGzipBytes)
    expect(requests).toBeLessThanOrEqual(budget.requests)
    const html = await (await page.request.get(page.url())).body()
    expect(gzipSync(html).length).toBeLessThan(heavyDocuments[listed.route ?? ''] ?? budget.documentGzipBytes)
    // Words, not a picture that has to come first.
    expect(largest?.url ?? '').toBe('')
    expect(await layoutShift(page)).toBeLessThan(budget.layoutShift)
  })
})
