import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationUntil } from './demonstration.ts'
import { demonstrationSite } from './demonstration-site.ts'
import { openDrawnCases } from './open-drawn-cases.ts'

const site = demonstrationSite()
const type = 'delivery_change'
const room = `/reviews/${demonstrationUntil}/${type}`

/** What the focus is on: its id, else its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.id || element?.textContent?.trim() || ''
  })
}

/** Presses Tab until the focus is there; fails where nobody would have gone on. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await focused(page)) === wanted) return
  }
  throw new Error(`40 times Tab did not reach ${wanted}, but ${await focused(page)}`)
}

describe('an approver without a mouse', () => {
  it('signs a clear case in under a minute, once its failed contacts were read', async () => {
    const reviewer = await site.pageOf('reviewer')
    await reviewer.goto(`/reviews/${demonstrationUntil}`)
    await reviewer.getByRole('button', { name: /^Open the review/ }).click()
    await reviewer.getByRole('heading', { name: 'To decide' }).waitFor()
    await reviewer.goto(room)
    expect(await reviewer.locator('input[name="action"]:checked').getAttribute('value')).toBe('expand')
    await reviewer.getByRole('button', { name: 'Propose', exact: true }).click()
    await reviewer.getByText('It takes votes now').waitFor()

    const page = await site.pageOf('approver-a')
    await page.goto(room)
    await openDrawnCases(page)
    await page.goto('/overview', { waitUntil: 'networkidle' })

    const startedAt = performance.now()
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.type(`review ${demonstrationUntil}`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Review of/ }).waitFor()
    await tabTo(page, type)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your decision' }).waitFor()

    // The first radio button of the group; the space bar chooses it.
    await tabTo(page, 'vote-approve')
    await page.keyboard.press('Space')
    await tabTo(page, 'f-password')
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await page.getByText('nothing was signed').waitFor()
    expect(await focused(page)).toBe('f-password')
    await page.keyboard.press('Control+a')
    await page.keyboard.type(demonstrationPassword)
    await page.keyboard.press('Enter')
    await page.getByText('Your vote is in the audit trail').waitFor()
    expect(await focused(page)).toMatch(/^Signed\./)
    expect(performance.now() - startedAt).toBeLessThan(60_000)
  })

  it('skips to the content, and is led to what is missing', async () => {
    const page = await site.pageOf('approver-b')
    await page.goto(room, { waitUntil: 'networkidle' })
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('main')
    await tabTo(page, 'f-password')
    await page.keyboard.type(demonstrationPassword)
    await page.keyboard.press('Enter')
    await page.locator('#vote-error').waitFor()
    expect(await focused(page)).toBe('vote-error')
  })
})
