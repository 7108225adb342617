import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listedPages } from './page-list.ts'
import { PageVisits } from './page-visits.ts'
import { preparedSite } from './prepared-site.ts'

const site = preparedSite()

/** The dark theme is the same document: only what depends on colours is asked again. */
const colourRules = ['color-contrast', 'link-in-text-block']

async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (rules.length > 0) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}`))
}

async function lightAndDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await violations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(page, colourRules)).toEqual([])
}

describe('axe finds nothing to complain of, light and dark', () => {
  let visits: PageVisits

  beforeAll(() => {
    visits = new PageVisits(site, { viewport: { width: 1280, height: 900 } })
  })

  afterAll(() => visits.close())

  it.each(listedPages)('$name', async (listed) => {
    await lightAndDark(await visits.open(listed))
  })

  it('the command palette', async () => {
    const page = await visits.open({ as: 'approver-a', address: '/overview', route: 'overview' })
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    await lightAndDark(page)
    await page.getByRole('combobox').fill('nothing is called so')
    await lightAndDark(page)
  })

  it('a sign-in that was refused', async () => {
    const page = await visits.open({ as: 'nobody', address: '/login', route: 'login' })
    await page.getByLabel('E-mail').fill('leader@demo.invalid')
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.locator('.notice.fail').waitFor()
    await lightAndDark(page)
  })
})
