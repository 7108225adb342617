import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'
import { demonstrationHome, demonstrationUntil } from './demonstration.ts'
import { type ServedHome, serveHome } from './serve-home.ts'
import { signIn } from './sign-in.ts'

const month = demonstrationUntil
const pages = [
  '/overview',
  '/overview?channel=chat&compare=year',
  '/overview?view=heat',
  '/overview/views',
  '/types',
  '/types/delivery_change',
  '/types/refund_request',
  '/types/privacy_request',
  '/types/refund_request/interactions',
  '/types/refund_request/outcomes',
  '/types/refund_request/charts',
  '/types/refund_request/confidence',
  '/quality',
  '/catch-layer',
  `/board-pack/${month}`,
  '/reviews',
  `/reviews/${month}`,
  `/reviews/${month}/delivery_change`,
  `/reviews/${month}/refund_request`,
  '/decisions',
  '/types/delivery_change/stop',
  '/policy',
  '/policy/drafts/new?from=recommended',
  '/responsibilities',
  '/responsibilities/refund_request',
  '/data',
  '/data/quarantine',
  '/data/quarantine?by=load',
  '/data/restatements',
  '/data/dictionary',
  '/data/dictionary/ai_error_rate',
  '/datasets',
  '/audit?verify=1',
  '/account',
  '/account/password',
  '/search',
  '/search?q=refund',
  '/search?q=nothing+is+called+so',
  '/no-such-page',
]

let directory: string
let browser: Browser
let served: ServedHome

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-axe-'))
  await demonstrationHome(join(directory, 'home'))
  browser = await launchBrowser()
  served = await serveHome(join(directory, 'home'))
  const context = await browser.newContext()
  await signIn(context, served.url, 'approver-a@demo.invalid')
  const page = await context.newPage()
  await page.goto(`${served.url}/reviews/${month}`)
  await page.getByRole('button', { name: /^Open the review/ }).click()
  await page.getByRole('heading', { name: 'To decide' }).waitFor()
  await context.close()
})

afterAll(async () => {
  await served.stop()
  await browser.close()
  rmSync(directory, { recursive: true, force: true })
})

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}`))
}

describe.each(['light', 'dark'] as const)('axe finds nothing to complain of, %s', (theme) => {
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    context = await browser.newContext({ colorScheme: theme, viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
  })

  afterAll(() => context.close())

  it('/login', async () => {
    await page.goto(`${served.url}/login`)
    expect(await violations(page)).toEqual([])
    await signIn(context, served.url, 'approver-a@demo.invalid')
  })

  it.each(pages)('%s', async (path) => {
    await page.goto(`${served.url}${path}`, { waitUntil: 'networkidle' })
    expect(new URL(page.url()).pathname).not.toBe('/login')
    expect(await violations(page)).toEqual([])
    // Nor does the page scroll sideways, on a telephone either.
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  it('the command palette', async () => {
    await page.goto(`${served.url}/overview`, { waitUntil: 'networkidle' })
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('combobox').fill('nothing is called so')
    expect(await violations(page)).toEqual([])
  })
})
