import { describe, expect, it } from 'vitest'
import { demonstrationSite } from './demonstration-site.ts'

const site = demonstrationSite()

describe('the types', () => {
  it('are sorted by the server and explained by the browser, without JavaScript and by keyboard', async () => {
    const page = await site.pageOf('leader', { javaScriptEnabled: false })
    await page.goto('/types')
    const head = page.getByRole('columnheader', { name: 'CSAT' })
    await head.getByRole('link').press('Enter')
    await page.waitForURL(/sort=csat&order=asc/)
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    const values = (await page.locator('td[data-label="CSAT, %"] a').allInnerTexts()).map(Number)
    const shown = values.filter((value) => !Number.isNaN(value))
    expect(shown.length).toBeGreaterThan(3)
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))

    const help = page.getByRole('button', { name: 'Help: CSAT' })
    await help.focus()
    await page.keyboard.press('Enter')
    const sentence = page.getByText('What share of the customers who answered the survey was satisfied.')
    expect(await sentence.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await sentence.isVisible()).toBe(false)
  })

  it('keep the filter from page to page of one of them, and say what it does not touch', async () => {
    const page = await site.pageOf('leader')
    await page.goto('/types/refund_request?channel=chat')
    await page.getByText('Numbers and charts are of chat only').waitFor()
    await page.getByRole('link', { name: 'Outcomes', exact: true }).click()
    await page.getByText('Everything here is of chat only').waitFor()
    const contacts = page.getByRole('table', { name: 'Escalations by reason' }).getByRole('link').first()
    const said = await contacts.textContent()
    await contacts.click()
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${said} AI contacts`) }).waitFor()
    expect(new URL(page.url()).searchParams.get('channel')).toBe('chat')
    await page.goto('/types/refund_request/confidence?channel=chat')
    await page.getByText('so no threshold is sought').waitFor()
  })
})
