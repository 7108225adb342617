import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCli } from '#test/build/run-cli.ts'
import { demonstrationSite } from './demonstration-site.ts'

const site = demonstrationSite()

/** Large enough to be seen at work. */
function manyContacts(folder: string): string {
  const file = join(folder, 'interactions-many.csv')
  const rows = Array.from({ length: 400_000 }, (_, index) => `desk,m${index},order_status,chat,2026-08-05T09:00:00Z,ai`)
  writeFileSync(file, `source,interaction_id,interaction_type,channel,started_at,handled_by\n${rows.join('\n')}\n`)
  return file
}

describe('somebody who watches a load', () => {
  it('sees its step while it goes, and its end without doing anything; without scripts the page reloads itself', async () => {
    const page = await site.pageOf('leader')
    const plain = await site.pageOf('leader', { javaScriptEnabled: false })
    const child = startCli(['load', 'canonical', manyContacts(site.home), '--home', site.home])
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    const going = { name: 'A load is going' }
    for (let look = 0; look < 100 && (await page.getByRole('heading', going).count()) === 0; look += 1) {
      await page.goto('/data')
    }
    expect(await page.getByRole('definition').first().textContent()).toMatch(
      /^(Preparing|Reading|Parsing|Checking|Merging|Models:|Publishing) /,
    )
    await plain.goto('/data')
    expect(await plain.getByRole('heading', going).count()).toBe(1)
    expect(await plain.locator('meta[http-equiv="refresh"]').getAttribute('content')).toBe('10')

    expect(await ended).toBe(0)
    await page.getByRole('heading', going).waitFor({ state: 'detached', timeout: 30_000 })
    const newest = page.getByRole('table', { name: 'Runs, newest first' }).getByRole('row').nth(1)
    expect(await newest.textContent()).toMatch(/canonical.+400,000.+Published/)
    expect(await page.getByRole('status').first().textContent()).toMatch(/^The last load, of canonical, published/)
  }, 120_000)
})
