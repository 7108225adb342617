import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationUntil } from './demonstration.ts'
import { demonstrationSite } from './demonstration-site.ts'
import { openDrawnCases } from './open-drawn-cases.ts'
import { oversight } from './run-oversight.ts'
import { watchProblems } from './watch-problems.ts'

const site = demonstrationSite()

/** Signs in with the button beside an account, as the page offers it, and gives what every page did wrong. */
async function signInAs(name: string) {
  const context = await site.browser.newContext()
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const problems: string[] = []
  watchProblems(page, problems)
  await page.goto(site.url)
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  return { context, page, problems }
}

async function vote(page: Page, href: string): Promise<void> {
  await page.goto(href)
  await openDrawnCases(page)
  await page.locator('input[name="vote"][value="approve"]').check()
  await page.getByLabel('Password').fill(demonstrationPassword)
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
}

describe('a newcomer with the demonstration', () => {
  it('expands the graduating type with two signatures, and sees the level change', async () => {
    const reviewer = await signInAs('QA reviewer')
    await expect(reviewer.page.locator('main').textContent()).resolves.toContain('delivery_change')
    await reviewer.page.getByRole('link', { name: 'Review room', exact: true }).click()
    await reviewer.page.getByRole('button', { name: /^Open the review of June 2025/ }).click()
    await reviewer.page.getByRole('heading', { level: 1, name: 'Review of June 2025' }).waitFor()
    await reviewer.page.getByRole('link', { name: 'delivery_change', exact: true }).first().click()
    await reviewer.page.getByRole('heading', { name: 'Propose a decision' }).waitFor()
    await reviewer.page.locator('input[name="action"][value="expand"]').check()
    await reviewer.page.getByRole('button', { name: 'Propose', exact: true }).click()
    await reviewer.page.getByText('It takes votes now').waitFor()
    const href = `${site.url}/reviews/${demonstrationUntil}/delivery_change`

    const first = await signInAs('Approver A')
    await vote(first.page, href)
    await first.page.getByText('Your vote is in the audit trail').waitFor()
    await first.page.getByText('1 of 2 approvals').first().waitFor()

    const second = await signInAs('Approver B')
    await vote(second.page, href)
    await second.page.getByRole('heading', { name: 'Decided: expand' }).waitFor()
    await second.page.goto(`${site.url}/types/delivery_change`)
    await second.page.getByText('On the loop').first().waitFor()

    for (const { context, problems } of [reviewer, first, second]) {
      expect(problems).toEqual([])
      await context.close()
    }
    expect(oversight(['audit', 'verify', '--home', site.home])).not.toBe('')
  })

  it('gets nothing without signing in', async () => {
    const context = await site.browser.newContext()
    const page = await context.newPage()
    for (const path of ['/overview', '/types/delivery_change', '/reviews', '/audit', '/overview/interactions']) {
      await page.goto(`${site.url}${path}`)
      expect(new URL(page.url()).pathname).toBe('/login')
    }
    await context.close()
  })

  it('meets a plain page, in the frame, where there is nothing', async () => {
    const { context, page } = await signInAs('Support leader')
    const response = await page.goto(`${site.url}/no-such-page`)
    expect(response?.status()).toBe(404)
    expect(await page.locator('h1').count()).toBe(1)
    await context.close()
  })
})
