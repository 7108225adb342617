import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { launchBrowser } from './browser.ts'
import { demonstrationHome } from './demonstration.ts'
import { type ServedHome, serveHome } from './serve-home.ts'
import { signedInPage } from './signed-in-page.ts'
import { watchProblems } from './watch-problems.ts'

export interface DemonstrationSite {
  /** http://127.0.0.1:port */
  readonly url: string
  /** Folder of the home that is served: only this file's. */
  readonly home: string
  readonly browser: Browser
  /**
   * A page of a demonstration account, named by the first part of its address (approver-a), in a context of its own.
   * Addresses may be given as paths. What it does wrong unseen fails the test.
   */
  pageOf(account: string, options?: BrowserContextOptions): Promise<Page>
}

/**
 * The demonstration, served as an operator would, and a browser: one of each for all tests of the file that calls this
 * at its top. The data are made once in a run, for the first file that asks, and copied for each.
 */
export function demonstrationSite(): DemonstrationSite {
  let directory: string
  let browser: Browser
  let served: ServedHome
  const problems: string[] = []

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'oversight-e2e-'))
    cpSync(await homeOfTheRun(), join(directory, 'home'), { recursive: true, preserveTimestamps: true })
    browser = await launchBrowser()
    served = await serveHome(join(directory, 'home'))
  })

  afterEach(() => expect(problems.splice(0)).toEqual([]))

  afterAll(async () => {
    await served?.stop()
    await browser?.close()
    rmSync(directory, { recursive: true, force: true })
  })

  return {
    get url() {
      return served.url
    },
    get home() {
      return join(directory, 'home')
    },
    get browser() {
      return browser
    },
    async pageOf(account, options = {}) {
      const page = await signedInPage(browser, served.url, { account, ...options })
      watchProblems(page, problems)
      return page
    },
  }
}

/** Files of this project run one after the other, so nobody else makes it at the same time. */
async function homeOfTheRun(): Promise<string> {
  const home = join(inject('runFolder'), 'demonstration')
  if (!existsSync(home)) await demonstrationHome(home)
  return home
}
