import type { BrowserContextOptions, Page } from 'playwright-core'
import type { PageAtAddress, Visitor } from './page-list.ts'
import type { ServedSite } from './served-site.ts'

/** Opens listed pages, each visitor signed in once and in a context of their own. */
export class PageVisits {
  private readonly pages = new Map<Visitor, Promise<Page>>()
  private readonly site: Pick<ServedSite, 'browser' | 'url' | 'pageOf'>
  private readonly options: BrowserContextOptions

  constructor(site: PageVisits['site'], options: BrowserContextOptions) {
    this.site = site
    this.options = options
  }

  /** The page, loaded and hydrated, always in the same tab of its visitor. Throws where another route answers. */
  async open({ as, address, route }: PageAtAddress): Promise<Page> {
    const page = await this.pageOf(as)
    if (typeof address === 'string') {
      await page.goto(address)
    } else {
      await page.goto(address.on)
      const href = await page.locator(address.link).first().getAttribute('href', { timeout: 5_000 })
      await page.goto(href ?? '')
    }
    if (this.options.javaScriptEnabled === false) return page
    const shown = await settled(page)
    if (route !== null && !shown.includes(`routes/${route}`)) {
      throw new Error(`${page.url()} is shown by ${shown.join(', ')}, not by routes/${route}`)
    }
    return page
  }

  async close(): Promise<void> {
    for (const page of this.pages.values()) await (await page).context().close()
  }

  private pageOf(visitor: Visitor): Promise<Page> {
    const known = this.pages.get(visitor)
    if (known !== undefined) return known
    const opened =
      visitor === 'nobody'
        ? this.site.browser.newPage({ baseURL: this.site.url, ...this.options })
        : this.site.pageOf(visitor, this.options)
    this.pages.set(visitor, opened)
    return opened
  }
}

interface RemixWindow extends Window {
  __remixRouteModules?: Record<string, unknown>
}

/** Once nothing is left to do: scripts have run, fonts are in. Gives the routes that the page is made of. */
function settled(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestIdleCallback(resolve))
    return Object.keys((window as RemixWindow).__remixRouteModules ?? {})
  })
}
