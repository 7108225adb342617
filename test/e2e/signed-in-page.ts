import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { signIn } from './sign-in.ts'

export interface SignedInPageOptions extends BrowserContextOptions {
  /** An e-mail address; without an @, a demonstration account by its first part: approver-a. */
  account: string
  password?: string
}

/** A page of somebody signed in, in a browser context of their own: close `page.context()` to forget it. */
export async function signedInPage(
  browser: Browser,
  url: string,
  { account, password = demonstrationPassword, ...options }: SignedInPageOptions,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...options })
  context.setDefaultTimeout(20_000)
  await signIn(context, url, account.includes('@') ? account : `${account}@demo.invalid`, password)
  return context.newPage()
}
