import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { launchBrowser } from './browser.ts'
import { demonstrationHome } from './demonstration.ts'
import { type ServedHome, serveHome } from './serve-home.ts'
import { signIn } from './sign-in.ts'

let directory: string
let browser: Browser
let served: ServedHome

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-policy-'))
  await demonstrationHome(join(directory, 'home'))
  browser = await launchBrowser()
  served = await serveHome(join(directory, 'home'))
})

afterAll(async () => {
  await served.stop()
  await browser.close()
  rmSync(directory, { recursive: true, force: true })
})

/** A page of somebody signed in, in a browser that runs no scripts. */
async function pageOf(email: string, password: string = demonstrationPassword): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  context.setDefaultTimeout(20_000)
  await signIn(context, served.url, email, password)
  return context.newPage()
}

describe('without JavaScript', () => {
  it('a reviewer drafts a policy, sees what it changes and would have changed, and two approvers sign it', async () => {
    const author = await pageOf('reviewer@demo.invalid')
    await author.goto(`${served.url}/policy`)
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
    expect(await author.locator('main').textContent()).toMatch(/\d+ of \d+ recommendations would have been others/)
    const file = await author.request.get(`${author.url().replace(/\?.*/, '')}/backtest.csv`)
    expect((await file.text()).split('\n')[0]).toContain('recommendation_of_draft')

    for (const [account, said] of [
      ['approver-a', 'others have to follow'],
      ['approver-b', 'Signed and published'],
    ] as const) {
      const approver = await pageOf(`${account}@demo.invalid`)
      await approver.goto(author.url().replace(/\?.*/, ''))
      const sign = approver.getByRole('button', { name: 'Approve and sign' })
      await approver.getByLabel('Password').fill('not the password')
      await sign.click()
      await approver.getByText('nothing was signed').waitFor()
      await approver.getByLabel('Password').fill(demonstrationPassword)
      await sign.click()
      await approver.getByText(said).waitFor()
    }
    await author.goto(`${served.url}/policy?version=2`)
    expect(await author.locator('main').textContent()).toContain('1.5')
  })

  it('an admin adds a person, who opens nothing before setting an own password', async () => {
    const admin = await pageOf('admin@demo.invalid')
    const role = (name: string) => admin.locator(`input[name="roles"][value="${name}"]`)
    await admin.goto(`${served.url}/admin`)
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

    const person = await pageOf('new@example.invalid', 'told on the telephone')
    await person.goto(`${served.url}/overview`)
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
    await person.goto(`${served.url}/overview`)
    expect(new URL(person.url()).pathname).toBe('/login')
  })
})
