import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { demonstrationSite } from './demonstration-site.ts'
import { oversight, runOversight } from './run-oversight.ts'

const site = demonstrationSite()
/** Of a new desk, so that nothing of the demonstration changes; the last two break the contract. */
const rowCount = 60
const refused = ['n-58', 'n-59']

function writeFile(path: string): void {
  const lines = Array.from({ length: rowCount }, (_, index) => {
    const day = String(1 + (index % 28)).padStart(2, '0')
    const handledBy = index === 58 ? 'a robot' : 'ai_assisted'
    const confidence = index === 59 ? '1.7' : '0.8'
    return `new-desk,n-${index},order_status,chat,2025-06-${day}T09:00:00Z,${handledBy},${confidence}`
  })
  const head = 'source,interaction_id,interaction_type,channel,started_at,handled_by,ai_confidence'
  writeFileSync(path, `${[head, ...lines].join('\n')}\n`)
}

it('an operator loads under the running server, sees what was refused and where, and finds it healthy', async () => {
  const page = await site.pageOf('operator')
  await page.goto('/data')
  const loads = page.getByRole('region', { name: 'Loads, table' }).getByRole('row')
  const before = await loads.count()
  const startedAt = performance.now()

  const file = join(site.home, '..', 'interactions-new-desk.csv')
  writeFile(file)
  const said = oversight(['load', 'canonical', file, '--home', site.home])
  expect(said).toMatch(new RegExp(`interactions +${rowCount} +${rowCount - 2} +0 +0 +2\n`))
  expect(said).toMatch(/first in \S*interactions-new-desk\.csv/)

  await page.reload()
  expect(await loads.count()).toBe(before + 1)
  const newest = loads.nth(1)
  expect(await newest.textContent()).toContain('canonical')
  await newest.locator('td[data-label="Quarantined"]').getByRole('link', { name: '2' }).click()
  await page.getByRole('heading', { level: 1, name: 'Quarantine' }).waitFor()
  const rows = page.getByRole('region', { name: 'Refused rows, table' }).locator('tbody tr')
  expect(await rows.count()).toBe(refused.length)
  const shown = (await rows.allTextContents()).sort()
  expect(shown[0]).toMatch(/interactions-new-desk\.csvrow 59, line 60.*handled_by/)
  expect(shown[1]).toMatch(/interactions-new-desk\.csvrow 60, line 61.*ai_confidence/)

  const listed = oversight(['quarantine', 'list', '--load', loadIn(page.url()), '--home', site.home])
  expect(listed).toContain('interactions-new-desk.csv')
  expect(runOversight(['doctor', '--home', site.home])).toMatchObject({ code: 0 })
  expect(performance.now() - startedAt).toBeLessThan(60_000)
})

function loadIn(href: string): string {
  return new URL(href).searchParams.get('load') ?? ''
}
