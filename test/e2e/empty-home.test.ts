import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addPeople } from './add-people.ts'
import { lightAndDark } from './axe.ts'
import { runOversight } from './run-oversight.ts'
import { servedSite } from './served-site.ts'
import { signedInPage } from './signed-in-page.ts'

const password = 'four plain words here'
const domain = 'example.invalid'

const site = servedSite({
  home: async () => {
    const home = mkdtempSync(join(tmpdir(), 'oversight-e2e-empty-'))
    const file = join(home, 'interactions.csv')
    writeFileSync(file, 'source,interaction_id,interaction_type,channel,started_at,handled_by\ndesk,c1,x,pigeon,,ai\n')
    expect(runOversight(['load', 'canonical', file, '--home', home]).code).toBe(1)
    addPeople(home, { roles: { approver: 'approver', admin: 'admin' }, domain, password })
    return home
  },
  domain,
  password,
})

const addresses = [
  ['approver', '/overview'],
  ['approver', '/types'],
  ['approver', '/types/refund_request'],
  ['approver', '/catch-layer'],
  ['approver', '/quality'],
  ['approver', '/reviews'],
  ['approver', '/decisions'],
  ['approver', '/policy'],
  ['approver', '/responsibilities'],
  ['approver', '/data'],
  ['approver', '/data/quarantine'],
  ['approver', '/data/restatements'],
  ['approver', '/data/dictionary'],
  ['approver', '/audit'],
  ['approver', '/search?q=refund'],
  ['admin', '/admin'],
] as const

/** As the first load leaves a home when all of it is refused. A page says that nothing is there and what to do: nobody meets an error or a blank. */
it.each(addresses)('a home without data: %s finds %s in order', async (account, address) => {
  const page = await site.pageOf(account)
  const response = await page.goto(address, { waitUntil: 'networkidle' })
  expect(response?.status()).toBeLessThan(500)
  expect(await page.locator('h1').count()).toBe(1)
  expect((await page.locator('main').textContent())?.split(/\s+/).length).toBeGreaterThan(8)
  await lightAndDark(page)
  await page.context().close()
})

/** Last: it damages the home. Not a page of the site's, which fails the test where the browser notes an error. */
it('a page that fails on our side says so, changes nothing, and leads on', async () => {
  const warehouse = join(site.home, 'warehouse')
  mkdirSync(warehouse, { recursive: true })
  writeFileSync(join(warehouse, 'current.json'), '{"snapshotId":')
  const page = await signedInPage(site.browser, site.url, { account: `approver@${domain}`, password })
  const response = await page.goto('/catch-layer', { waitUntil: 'networkidle' })
  expect(response?.status()).toBe(500)
  await page.getByRole('heading', { name: 'This page failed' }).waitFor()
  expect(await page.locator('main').textContent()).not.toContain(site.home)
  await lightAndDark(page)
  await page.context().close()
})
