import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type ServedHome, serveHome } from './serve-home.ts'
import { signedInPage } from './signed-in-page.ts'
import { watchProblems } from './watch-problems.ts'

export interface ServedSite {
  /** http://127.0.0.1:port */
  readonly url: string
  /** Folder of the home that is served: only this file's. */
  readonly home: string
  readonly browser: Browser
  /** Of every account. */
  readonly password: string
  /**
   * A page of an account, named by the first part of its address (approver-a), in a context of its own. Addresses may
   * be given as paths. What it does wrong unseen fails the test.
   */
  pageOf(account: string, options?: BrowserContextOptions): Promise<Page>
}

interface SiteOptions {
  /** Gives the folder of a home that is served as a copy. */
  home: () => Promise<string>
  /** What follows the @ of every account. */
  domain: string
  password: string
}

/**
 * A home, served as an operator would, and a browser: one of each for all tests of the file or group that calls this at
 * its top.
 */
export function servedSite({ home, domain, password }: SiteOptions): ServedSite {
  let directory: string
  let browser: Browser
  let served: ServedHome
  const problems: string[] = []

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'oversight-e2e-'))
    cpSync(await home(), join(directory, 'home'), { recursive: true, preserveTimestamps: true })
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
    password,
    async pageOf(account, options = {}) {
      const page = await signedInPage(browser, served.url, { account: `${account}@${domain}`, password, ...options })
      watchProblems(page, problems)
      return page
    },
  }
}
