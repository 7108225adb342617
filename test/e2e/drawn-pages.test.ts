import { describe, expect, it } from 'vitest'
import { demonstrationSite } from './demonstration-site.ts'

const site = demonstrationSite()

describe('a page that the server drew', () => {
  it('is left and reached again without loading the document anew, whichever way one takes', async () => {
    const page = await site.pageOf('leader')
    await page.goto('/overview')
    // The document listens from here on.
    await page.locator('[data-marks][aria-label*="Arrow keys"]').first().waitFor()
    const documents: string[] = []
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents.push(request.url())
    })
    const overview = await page.locator('main').textContent()
    const type = page
      .getByRole('region', { name: 'Interaction types' })
      .getByRole('rowheader')
      .getByRole('link')
      .first()
    const name = (await type.textContent()) ?? ''
    await type.click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    expect(await page.title()).toContain(name)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    expect(await page.locator('main').textContent()).toBe(overview)
    await page.locator('summary', { hasText: 'Channel' }).click()
    await page.getByRole('link', { name: 'chat', exact: true }).click()
    await page.getByText('Numbers and charts are of chat only').waitFor()
    expect(documents).toEqual([])
  })

  it('keeps its numbers while something is saved beside them', async () => {
    const page = await site.pageOf('leader')
    await page.goto('/overview?channel=chat')
    const lead = await page.locator('main .lead').textContent()
    await page.locator('summary', { hasText: 'My views' }).click()
    await page.getByLabel('Save this view as').fill('Beside')
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.locator('summary', { hasText: 'Beside' }).waitFor()
    expect(await page.locator('main .lead').textContent()).toBe(lead)
  })
})
