import type { Browser } from 'playwright-core'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationUntil } from './demonstration.ts'
import { signedInPage } from './signed-in-page.ts'

/** Brings a served demonstration into the state in which its pages have most to show: everything waits for somebody. */
export async function preparePages(browser: Browser, url: string): Promise<void> {
  const pageOf = (account: string) => signedInPage(browser, url, { account, javaScriptEnabled: false })

  const reviewer = await pageOf('reviewer')
  await reviewer.goto(`/reviews/${demonstrationUntil}`)
  await reviewer.getByRole('button', { name: /^Open the review/ }).click()
  await reviewer.getByRole('heading', { name: 'To decide' }).waitFor()
  await reviewer.goto(`/reviews/${demonstrationUntil}/delivery_change`)
  await reviewer.getByRole('button', { name: 'Propose', exact: true }).click()
  await reviewer.getByText('It takes votes now').waitFor()
  await reviewer.goto('/policy/drafts/new?from=recommended')
  await reviewer.getByLabel('Limit, medium risk').fill('1.5')
  await reviewer.getByRole('textbox', { name: 'Reason' }).fill('See deterioration before customers do')
  await reviewer.getByRole('button', { name: 'Submit the draft' }).click()
  await reviewer.getByText('Approvers other than you sign it now').waitFor()

  const approver = await pageOf('approver-b')
  await approver.goto('/types/password_reset/stop')
  await approver.getByLabel('Reason').fill('Links in the mail lead nowhere since this morning')
  await approver.getByLabel('Password').fill(demonstrationPassword)
  await approver.getByRole('button', { name: 'Stop password_reset now' }).click()
  await approver.getByText('The lower level is in force now').waitFor()

  const viewer = await pageOf('approver-a')
  await viewer.goto('/overview?channel=chat&compare=year')
  await viewer.locator('summary', { hasText: 'My views' }).click()
  await viewer.getByLabel('Save this view as').fill('Chat by year')
  await viewer.getByRole('button', { name: 'Save view' }).click()

  const admin = await pageOf('admin')
  await admin.goto('/account/tokens')
  await admin.getByLabel('Name').fill('The AI platform')
  await admin.getByLabel('autonomy:read').check()
  await admin.getByLabel('Password').fill(demonstrationPassword)
  await admin.getByRole('button', { name: 'Make the token' }).click()
  await admin.getByText('It is shown this once').waitFor()
  for (const page of [reviewer, approver, viewer, admin]) await page.context().close()
}
