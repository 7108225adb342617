import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationUntil } from './demonstration.ts'
import { demonstrationSite } from './demonstration-site.ts'

const site = demonstrationSite()
const earlier = '2025-04'

/** What a screen reader would say is chosen: named by the field, which keeps the focus. */
function chosen(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
    return document.getElementById(id)?.querySelector('.name')?.textContent
  })
}

async function open(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('option').first().waitFor()
}

describe('the command palette', () => {
  it('opens by keyboard, finds a type by a few letters, and goes there in the month shown', async () => {
    const page = await site.pageOf('approver-a')
    await page.goto(`/overview?month=${earlier}`, { waitUntil: 'networkidle' })
    await open(page)
    const field = page.getByRole('combobox', { name: 'Page, interaction type, review or month' })
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('refund')
    expect(await chosen(page)).toBe('refund_request')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /refund_request/ }).waitFor()
    const { pathname, search } = new URL(page.url())
    expect(`${pathname}${search}`).toBe(`/types/refund_request?month=${earlier}`)
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })

  it('is walked with the arrows, whose ends meet, and closed with Escape, which gives the focus back', async () => {
    const page = await site.pageOf('approver-a')
    await page.goto('/decisions', { waitUntil: 'networkidle' })
    const link = page.getByRole('link', { name: /^Go to/ })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option').first().waitFor()
    const first = await chosen(page)
    await page.keyboard.press('ArrowDown')
    expect(await chosen(page)).not.toBe(first)
    await page.keyboard.press('ArrowUp')
    expect(await chosen(page)).toBe(first)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowDown')
    expect(await chosen(page)).toBe(first)
    await page.keyboard.type('zebra')
    await page.getByText('Nothing that you may see is called “zebra”.').waitFor()
    await page.keyboard.press('Enter')
    expect(await page.getByRole('dialog').count()).toBe(1)
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(new URL(page.url()).pathname).toBe('/decisions')
  })

  it('changes the month of the page one is on', async () => {
    const page = await site.pageOf('leader')
    await page.goto('/types/refund_request', { waitUntil: 'networkidle' })
    await open(page)
    await page.keyboard.type(earlier)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/types/refund_request?month=${earlier}`)
  })

  it('brings nothing before it opens, and only what the person may see', async () => {
    const page = await site.pageOf('operator')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto('/data', { waitUntil: 'networkidle' })
    expect(asked).not.toContain('/search.json')
    await open(page)
    expect(asked).toContain('/search.json')
    const names = await page.locator('dialog .name').allTextContents()
    expect(names).toContain('Review room')
    expect(names).not.toContain('Audit trail')
    expect(names).not.toContain('People')
  })

  it('sends somebody whose session has ended to sign in', async () => {
    const page = await site.pageOf('leader')
    await page.goto('/decisions', { waitUntil: 'networkidle' })
    await page.context().clearCookies()
    await page.keyboard.press('Control+k')
    await page.waitForURL(/\/login\?to=%2Fsearch/)
  })

  it('is a page without JavaScript', async () => {
    const page = await site.pageOf('approver-a', { javaScriptEnabled: false })
    await page.goto(`/overview?month=${demonstrationUntil}`)
    await page.getByRole('link', { name: /^Go to/ }).click()
    await page.getByLabel('Page, interaction type, review or month').fill('delivery')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('link', { name: 'delivery_change' }).click()
    expect(new URL(page.url()).pathname).toBe('/types/delivery_change')
    expect(new URL(page.url()).searchParams.get('month')).toBe(demonstrationUntil)
  })
})
