import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openDrawnCases } from './open-drawn-cases.ts'
import { oversight } from './run-oversight.ts'
import { signedInPage } from './signed-in-page.ts'

const password = 'four plain words here'
const people = [
  { email: 'first@example.invalid', name: 'First approver', role: 'approver' },
  { email: 'second@example.invalid', name: 'Second approver', role: 'approver' },
  { email: 'owner@example.invalid', name: 'Type owner', role: 'viewer' },
] as const

/** The people of a home of real data, made on its command line. */
export function addPeople(home: string): void {
  for (const { email, name, role } of people) {
    oversight(['user', 'add', '--email', email, '--name', name, '--role', role, '--home', home], {
      OVERSIGHT_PASSWORD: password,
    })
  }
}

/**
 * From the first page to a signed decision: sign in, open the newest review that can be opened, register the type with
 * its signed first level, propose what is recommended, sign as another approver, and find the decision in the audit trail.
 */
export async function decideFirstType(
  browser: Browser,
  url: string,
  options: { javaScript: boolean /** The most urgent one unless named. */; interactionType?: string },
): Promise<void> {
  const [first, second, owner] = people
  const asFirst = await openAs(browser, url, first.email, options)
  await asFirst.goto(url)
  await asFirst.getByRole('link', { name: 'Review room', exact: true }).click()
  await asFirst
    .getByRole('button', { name: /^Open the review of/ })
    .first()
    .click()
  await asFirst.getByRole('heading', { level: 1, name: /^Review of/ }).waitFor()
  const types = asFirst.getByRole('table').first().getByRole('link')
  await (options.interactionType === undefined
    ? types.first()
    : types.filter({ hasText: options.interactionType })
  ).click()

  await asFirst.getByRole('heading', { name: 'Register this type' }).waitFor()
  await asFirst.getByLabel('Area').fill('Trial')
  await asFirst.getByLabel('Risk tier').selectOption('medium')
  await asFirst.getByLabel('Ceiling').selectOption('human_on_the_loop')
  const owners = asFirst.getByLabel('Owner')
  await owners.selectOption(await owners.locator('option', { hasText: owner.name }).getAttribute('value'))
  await asFirst.getByLabel('Customers are told').check()
  await asFirst.locator('input[name="level"][value="human_in_the_loop"]').check()
  await asFirst.getByRole('textbox', { name: 'Reason' }).first().fill('As it runs today')
  await asFirst.getByLabel('Password').first().fill(password)
  await asFirst.getByRole('button', { name: 'Register and sign' }).click()
  await asFirst.getByText('The first level is in force').waitFor()

  // What the rules recommend is chosen already: keep where the numbers cannot tell, reduce where they fail.
  expect(await asFirst.locator('input[name="action"]:checked').getAttribute('value')).toMatch(/^(keep|reduce)$/)
  await asFirst.getByRole('textbox', { name: 'Reason' }).fill('Nothing speaks for a change yet')
  await asFirst.getByRole('button', { name: 'Propose', exact: true }).click()
  await asFirst.getByText('It takes votes now').waitFor()

  const asSecond = await openAs(browser, url, second.email, options)
  await asSecond.goto(withoutQuery(asFirst.url()))
  await openDrawnCases(asSecond)
  await asSecond.locator('input[name="vote"][value="approve"]').check()
  await asSecond.getByLabel('Password').fill('not the password')
  await asSecond.getByRole('button', { name: 'Sign', exact: true }).click()
  await asSecond.getByRole('alert').first().waitFor()
  await asSecond.locator('input[name="vote"][value="approve"]').check()
  await asSecond.getByLabel('Password').fill(password)
  await asSecond.getByRole('button', { name: 'Sign', exact: true }).click()
  await asSecond.getByRole('heading', { name: /^Decided: (keep|reduce)$/ }).waitFor()
  expect(await asSecond.locator('main').textContent()).toContain(second.name)

  await asSecond.getByRole('link', { name: 'Audit trail', exact: true }).click()
  await asSecond.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor()
  expect(await asSecond.locator('main').textContent()).toMatch(/decision[- ]recorded|Decision recorded/i)
  await asSecond.getByRole('button', { name: 'Verify now' }).click()
  await asSecond.getByText('The trail holds.').waitFor()
  await Promise.all([asFirst, asSecond].map((page) => page.context().close()))
}

function openAs(
  browser: Browser,
  url: string,
  account: string,
  { javaScript }: { javaScript: boolean },
): Promise<Page> {
  return signedInPage(browser, url, { account, password, javaScriptEnabled: javaScript })
}

function withoutQuery(href: string): string {
  const url = new URL(href)
  return `${url.origin}${url.pathname}`
}
