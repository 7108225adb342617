import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationSite } from './demonstration-site.ts'
import { hasRealRuns, realRunsSite, whereSkipped } from './real-runs-site.ts'

const types = (page: Page) => page.getByRole('region', { name: 'Interaction types' })

describe('a support leader', () => {
  const site = demonstrationSite()

  it('sees what is healthy, what got worse and why, and what is to decide; filters, and counts the rows', async () => {
    const page = await site.pageOf('leader')
    await page.goto('/overview')
    expect(await types(page).locator('.c-status').allInnerTexts()).toContain('Healthy')
    expect(await page.getByRole('list', { name: 'Five warning signs' }).getByRole('listitem').count()).toBe(5)
    const decisions = page.getByRole('region', { name: 'Open decisions' })
    expect(await decisions.getByRole('link', { name: /^Review / }).count()).toBeGreaterThan(0)
    const changed = page.getByRole('region', { name: 'Warning signs and what changed' })
    expect(await changed.textContent()).toMatch(/over the limit|against|since/)

    await page.locator('summary', { hasText: 'Channel' }).click()
    await page.getByRole('link', { name: 'chat', exact: true }).click()
    await page.getByText('Numbers and charts are of chat only').waitFor()
    const number = types(page).locator('td[data-label="Contacts"] a').first()
    const said = await number.textContent()
    await number.click()
    await page.getByRole('heading', { name: new RegExp(`^${said} contacts`) }).waitFor()
    expect(new URL(page.url()).searchParams.get('channel')).toBe('chat')

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click()
    await page.getByText('Numbers and charts are of chat only').waitFor()
  })

  it('keeps that view under a name, without JavaScript, finds it next month, renames and deletes it', async () => {
    const page = await site.pageOf('leader', { javaScriptEnabled: false })
    await page.goto('/overview?channel=chat&compare=year')
    const save = async () => {
      await page.locator('summary', { hasText: 'My views' }).click()
      await page.getByLabel('Save this view as').fill('Chat by year')
      await page.getByRole('button', { name: 'Save view' }).click()
    }
    await save()
    expect(await page.locator('summary', { hasText: 'My views' }).textContent()).toContain('Chat by year')
    expect(new URL(page.url()).search).toBe('?compare=year&channel=chat')
    await save()
    expect(await page.locator('.field-error').textContent()).toContain('already')
    await page.getByLabel('New name of Chat by year').fill('Chat')
    await page.getByRole('button', { name: 'Rename Chat by year' }).click()
    await page.getByRole('row', { name: /Chat/ }).getByRole('link', { name: 'Chat', exact: true }).click()
    expect(new URL(page.url()).search).toBe('?compare=year&channel=chat')
    const other = await site.pageOf('approver-a', { javaScriptEnabled: false })
    await other.goto('/overview/views')
    expect(await other.locator('main').textContent()).toContain('No view yet')
    await page.goto('/overview/views')
    await page.getByRole('button', { name: 'Delete Chat' }).click()
    expect(await page.locator('main').textContent()).toContain('The view is deleted.')
    await page.getByRole('button', { name: 'Undo: bring Chat back' }).click()
    expect(await page.locator('main').textContent()).toContain('The view is back.')
    expect(await page.getByRole('row', { name: /Chat/ }).textContent()).toContain('chat, against the same month')
  })
})

describe.skipIf(!hasRealRuns)(`a support leader of real AI-agent runs${whereSkipped}`, () => {
  const site = realRunsSite()

  it('sees every type with what is known of it, and counts the rows behind a number, in under a minute', async () => {
    const page = await site.pageOf('leader')
    const startedAt = performance.now()
    await page.goto('/overview')
    const statuses = await types(page).locator('td.c-status').allInnerTexts()
    expect(statuses.length).toBeGreaterThan(2)
    for (const status of statuses) expect(status).toMatch(/\w/)
    expect(await page.getByRole('list', { name: 'Five warning signs' }).getByRole('listitem').count()).toBe(5)
    await page.getByRole('region', { name: 'Open decisions' }).waitFor()

    const number = types(page).locator('td[data-label="Contacts"] a').first()
    const said = await number.textContent()
    await number.click()
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${said} contacts`) }).waitFor()
    expect(performance.now() - startedAt).toBeLessThan(60_000)
  })
})
