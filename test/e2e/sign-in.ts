import type { BrowserContext } from 'playwright-core'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'

/** Signs in through the page, the way people do; the context keeps the session for all its pages. */
export async function signIn(
  context: BrowserContext,
  url: string,
  email: string,
  password: string = demonstrationPassword,
): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${url}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click()
  await page.waitForURL((target) => target.pathname !== '/login')
  await page.close()
}
