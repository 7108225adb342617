import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationSite } from './demonstration-site.ts'
import { signedInPage } from './signed-in-page.ts'

const site = demonstrationSite()

/** A page of somebody signed in, in a browser that runs no scripts. */
function pageOf(account: string): Promise<Page> {
  return site.pageOf(account, { javaScriptEnabled: false })
}

describe('without JavaScript', () => {
  it('a reviewer drafts a policy, sees what it changes and would have changed, and two approvers sign it', async () => {
    const author = await pageOf('reviewer')
    await author.goto(`/policy`)
    await author.getByRole('link', { name: 'Start from the recommended policy' }).click()
    await author.getByLabel('Limit, medium risk').fill('9')
    await author.getByRole('button', { name: 'Submit the draft' }).click()
    expect(await author.locator('.field-error').allTextContents()).toEqual([expect.stringMatching(/looser limit/)])
    await author.getByLabel('Limit, medium risk').fill('1.5')
    await author.getByRole('button', { name: 'Show what changes' }).click()
    expect(await author.getByRole('table', { name: /What changes/ }).textContent()).toMatch(/limit, medium risk.*1.5/i)
    await author.getByRole('textbox', { name: 'Reason' }).fill('See deterioration before customers do')
    await author.getByRole('button', { name: 'Submit the draft' }).click()
    await author.getByText('Approvers other than you sign it now').waitFor()
    expect(await author.locator('main').textContent()).toMatch(/\d+ of \d+ recommendations would have been different/)
    const file = await author.request.get(`${author.url().replace(/\?.*/, '')}/backtest.csv`)
    expect((await file.text()).split('\n')[0]).toContain('recommendation_of_draft')

    for (const [account, said] of [
      ['approver-a', 'others have to follow'],
      ['approver-b', 'Signed and published'],
    ] as const) {
      const approver = await pageOf(account)
      await approver.goto(author.url().replace(/\?.*/, ''))
      const sign = approver.getByRole('button', { name: 'Approve and sign' })
      await approver.getByLabel('Password').fill('not the password')
      await sign.click()
      await approver.getByText('nothing was signed').waitFor()
      await approver.getByLabel('Password').fill(demonstrationPassword)
      await sign.click()
      await approver.getByText(said).waitFor()
    }
    await author.goto(`/policy?version=2`)
    expect(await author.locator('main').textContent()).toContain('1.5')
  })

  it('an admin adds a person, who opens nothing before setting an own password', async () => {
    const admin = await pageOf('admin')
    const role = (name: string) => admin.locator(`input[name="roles"][value="${name}"]`)
    await admin.goto(`/admin`)
    await admin.getByLabel('Name').fill('New approver')
    await admin.getByLabel('E-mail').fill('new@example.invalid')
    await role('viewer').uncheck()
    await role('approver').check()
    await role('admin').check()
    await admin.getByLabel('First password').fill('told on the telephone')
    await admin.getByLabel('Your own password').fill(demonstrationPassword)
    await admin.getByRole('button', { name: 'Add the person' }).click()
    expect(await admin.locator('.field-error').textContent()).toMatch(/may not be admin and approver/)
    await role('admin').uncheck()
    await admin.getByLabel('First password').fill('told on the telephone')
    await admin.getByLabel('Your own password').fill(demonstrationPassword)
    await admin.getByRole('button', { name: 'Add the person' }).click()
    await admin.getByText('Tell them the first password').waitFor()

    const person = await signedInPage(site.browser, site.url, {
      account: 'new@example.invalid',
      password: 'told on the telephone',
      javaScriptEnabled: false,
    })
    await person.goto(`/overview`)
    expect(new URL(person.url()).pathname).toBe('/account/password')
    await person.getByLabel('Present password').fill('told on the telephone')
    await person.getByLabel('New password', { exact: true }).fill('known to nobody else')
    await person.getByLabel('New password again').fill('known to nobody else')
    await person.getByRole('button', { name: 'Set the password' }).click()
    await person.getByText('Your password was changed').waitFor()

    await admin.getByRole('button', { name: 'Close it' }).click()
    expect(await admin.locator('.field-error').textContent()).toMatch(/own password/)
    await admin.getByLabel('Your own password').last().fill(demonstrationPassword)
    await admin.getByRole('button', { name: 'Close it' }).click()
    await admin.getByText('The account is closed').waitFor()
    await person.goto(`/overview`)
    expect(new URL(person.url()).pathname).toBe('/login')
  })
})
