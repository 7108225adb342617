import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationSite } from './demonstration-site.ts'
import { hasRealRuns, realRunsSite, whereSkipped } from './real-runs-site.ts'
import type { ServedSite } from './served-site.ts'

/** Lines after the head; no value of a contact holds a line break. */
function rowsOf(csv: string): string[] {
  return csv.trim().split('\n').slice(1)
}

/** The rows behind a number, taken along as a file, and sent to somebody as an address. */
async function followNumber(page: Page, site: ServedSite): Promise<void> {
  await page.goto('/overview')
  const number = page.getByRole('region', { name: 'Interaction types' }).locator('td[data-label="Contacts"] a').first()
  const said = await number.textContent()
  await number.click()
  const heading = page.getByRole('heading', { level: 1, name: new RegExp(`^${said} contacts`) })
  await heading.waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: `CSV of all ${said}` }).click(),
  ])
  const rows = rowsOf(readFileSync(await file.path(), 'utf8'))
  expect(rows.length.toLocaleString('en-US')).toBe(said)

  const other = await site.pageOf('leader', { javaScriptEnabled: false })
  await other.goto(page.url())
  expect(await other.locator('h1').textContent()).toBe(await heading.textContent())
  expect(await other.locator('tbody tr').allTextContents()).toEqual(await page.locator('tbody tr').allTextContents())
}

/** A token made on the page; what it brings is what the page downloads. */
async function takeDatasetByScript(page: Page, site: ServedSite): Promise<void> {
  await page.goto('/account/tokens')
  await page.getByLabel('Name').fill('Notebook')
  await page.getByLabel('datasets:read').check()
  await page.getByLabel('Password').fill(site.password)
  await page.getByRole('button', { name: 'Make the token' }).click()
  const secret = await page.locator('code.secret').textContent()
  const answer = await fetch(`${site.url}/api/v1/datasets/monthly_metrics/rows?format=csv`, {
    headers: { Authorization: `Bearer ${secret}` },
  })
  expect(answer.status).toBe(200)
  const byScript = await answer.text()
  expect(rowsOf(byScript).length).toBe(Number(answer.headers.get('oversight-row-count')))

  await page.goto('/datasets')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'monthly_metrics as CSV' }).click(),
  ])
  const digestOf = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
  expect(digestOf(byScript)).toBe(digestOf(readFileSync(await file.path())))
}

async function workInUnderAMinute(site: ServedSite): Promise<void> {
  const page = await site.pageOf('analyst')
  const startedAt = performance.now()
  await followNumber(page, site)
  await takeDatasetByScript(page, site)
  expect(performance.now() - startedAt).toBeLessThan(60_000)
}

describe('an analyst', () => {
  const site = demonstrationSite()

  it('follows a number to its rows and takes them, and a dataset by script, in under a minute', () =>
    workInUnderAMinute(site))
})

describe.skipIf(!hasRealRuns)(`an analyst of real AI-agent runs${whereSkipped}`, () => {
  const site = realRunsSite()

  it('does the same', () => workInUnderAMinute(site))
})
