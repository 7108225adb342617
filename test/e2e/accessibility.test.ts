import { afterAll, beforeAll, describe, it } from 'vitest'
import { lightAndDark } from './axe.ts'
import { listedPages } from './page-list.ts'
import { PageVisits } from './page-visits.ts'
import { preparedSite } from './prepared-site.ts'

const site = preparedSite()

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
