import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationUntil } from './demonstration.ts'
import { demonstrationSite } from './demonstration-site.ts'

const site = demonstrationSite()

/** A page of somebody signed in, in a browser that runs no scripts. */
function pageOf(account: string): Promise<Page> {
  return site.pageOf(account, { javaScriptEnabled: false })
}

describe('without JavaScript', () => {
  it('an approver stops a type from its page, and another approves the stop afterwards', async () => {
    const second = await pageOf('approver-b')
    await second.goto(`/reviews/${demonstrationUntil}`)
    await second.getByRole('button', { name: 'Open the review' }).click()
    await second.getByRole('heading', { name: /Review of/ }).waitFor()
    const first = await pageOf('approver-a')
    await first.goto(`/types/password_reset`)
    await first.getByRole('link', { name: 'Stop: reduce now' }).click()
    const stop = first.getByRole('button', { name: 'Stop password_reset now' })

    await stop.click()
    expect(await first.getByRole('alert').allTextContents()).toHaveLength(2)
    await first.getByLabel('Reason').fill('Links in the mail lead nowhere since this morning')
    await first.getByLabel('Password').fill('not the password')
    await stop.click()
    expect(await first.getByRole('alert').allTextContents()).toEqual([expect.stringMatching(/nothing was signed/)])
    expect(await first.getByLabel('Reason').inputValue()).toMatch(/since this morning/)

    await first.getByLabel('Password').fill(demonstrationPassword)
    await stop.click()
    await first.getByText('The lower level is in force now').waitFor()
    await first.getByText('You made this stop').waitFor()

    await second.goto(`/decisions`)
    await second.getByRole('link', { name: 'Look at the stop of password_reset' }).click()
    await second.getByLabel('Password').fill(demonstrationPassword)
    await second.getByRole('button', { name: 'Sign', exact: true }).click()
    await second.getByRole('heading', { name: 'Approved afterwards' }).waitFor()
    await second.goto(`/decisions`)
    expect(await second.getByRole('heading', { name: 'Stops to approve' }).count()).toBe(0)

    // The evidence of the open review was frozen with the level of before the stop, and judged again after it.
    await second.goto(`/reviews/${demonstrationUntil}/password_reset`)
    await second.locator('.title', { hasText: 'In the loop' }).waitFor()
    expect(await second.getByText(/was judged when|Already on the loop/).count()).toBe(0)
  })

  it('an approver changes the registry, within what the level in force allows', async () => {
    const page = await pageOf('approver-a')
    await page.goto(`/responsibilities`)
    await page.getByRole('link', { name: 'Change product_faq' }).click()
    await page.getByLabel('Required controls').fill('Knowledge grounding, QA sampling, weekly look')
    await page.getByRole('button', { name: 'Save the change' }).click()
    await page.getByText('written to the audit trail').waitFor()
    await page.getByLabel('Ceiling').selectOption('human_as_the_loop')
    await page.getByRole('button', { name: 'Save the change' }).click()
    expect(await page.getByRole('alert').textContent()).toMatch(/Reduce it first/)
    await page.getByLabel('Legal risk class', { exact: true }).selectOption('high')
    await page.getByRole('button', { name: 'Save as a new version' }).click()
    await page.getByText(/A high-risk use .* stop it first/).waitFor()
    await page.getByLabel('Legal risk class', { exact: true }).selectOption('minimal')
    await page.getByLabel('Money limit').fill('20 EUR')
    await page.getByRole('button', { name: 'Save as a new version' }).click()
    await page.getByText('Version 2').waitFor()
    await page.goto(`/responsibilities`)
    expect(await page.locator('main').textContent()).toContain('weekly look')
    expect(await page.locator('main').textContent()).toContain('Up to 20 EUR')
  })

  it('an analyst takes datasets along, whole; a leader reads what they hold', async () => {
    const analyst = await pageOf('analyst')
    await analyst.goto(`/datasets`)
    const shown = await analyst.locator('section', { hasText: 'monthly_ai_versions' }).first().textContent()
    const rows = Number(/([\d,]+) rows/.exec(shown ?? '')?.[1]?.replaceAll(',', ''))
    const file = await analyst.request.get(`/datasets/monthly_ai_versions.csv`)
    expect(file.headers()['content-disposition']).toMatch(
      /^attachment; filename="oversight-monthly_ai_versions-snapshot-\d+\.csv"$/,
    )
    expect((await file.text()).trim().split('\n')).toHaveLength(rows + 1)

    const leader = await pageOf('leader')
    await leader.goto(`/datasets`)
    await leader.getByText('Downloads are for these roles').waitFor()
    expect(await leader.getByRole('link', { name: /as CSV$/ }).count()).toBe(0)
    expect((await leader.request.get(`/datasets/monthly_ai_versions.csv`)).status()).toBe(403)
  })
})
