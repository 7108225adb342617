import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationUntil } from './demonstration.ts'
import { demonstrationSite } from './demonstration-site.ts'
import { runOversight } from './run-oversight.ts'

const month = demonstrationUntil
const site = demonstrationSite()
let directory: string
let page: Page

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-pack-'))
  page = await site.pageOf('leader')
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Pages and their size in points, as the file itself says. */
function pagesOf(file: string): string[] {
  const text = readFileSync(file).toString('latin1')
  expect(text.startsWith('%PDF-')).toBe(true)
  return [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))} x ${Math.round(Number(height))}`,
  )
}

describe('the board pack', () => {
  it('shows as many types as it says, decisions, trust, definitions and the checkpoint', async () => {
    await page.goto(`/board-pack/${month}`)
    const types = page.getByRole('region', { name: 'Every type, its evidence and its decision' })
    const said = Number(/^(\d+) types/.exec((await types.locator('p').first().textContent()) ?? '')?.[1])
    expect(said).toBeGreaterThan(10)
    expect(await types.locator('tbody th[scope=row]').count()).toBe(said)
    for (const heading of ['Decisions and signatures', 'How far to trust these numbers', 'What the numbers mean']) {
      await page.getByRole('heading', { name: heading }).waitFor()
    }
    expect(await page.locator('pre').textContent()).toMatch(/^oversight\S*\n\d+\n\S+\n\n— /)
  })

  it('repeats its table heads on paper, and carries title, as-of and page numbers on every sheet', async () => {
    await page.goto(`/board-pack/${month}`)
    await page.emulateMedia({ media: 'print' })
    for (const head of await page.locator('thead').all()) {
      expect(await head.evaluate((element) => getComputedStyle(element).display)).toBe('table-header-group')
    }
    const css = await (await page.request.get(`/board-pack/${month}/paper.css`)).text()
    expect(css).toMatch(/loaded through .* Made /)
    expect(css).toContain('counter(pages)')
    await page.emulateMedia({ media: null })
  })

  it.each([
    ['a4', '595 x 842'],
    ['letter', '612 x 792'],
  ])('is a PDF on %s from the command line', (size, points) => {
    const file = join(directory, `${size}.pdf`)
    const { stdout, code } = runOversight(['board-pack', month, '-o', file, '--size', size, '--home', site.home])
    expect(stdout).toContain(`board pack of ${month}`)
    expect(code).toBe(0)
    const pages = pagesOf(file)
    expect(pages.length).toBeGreaterThanOrEqual(4)
    expect(new Set(pages)).toEqual(new Set([points]))
  })

  it('refuses a month without contacts in words, and leaves no file', () => {
    const file = join(directory, 'none.pdf')
    const { stderr, code } = runOversight(['board-pack', '2019-01', '-o', file, '--home', site.home])
    expect(stderr).toContain('No contacts of January 2019 are loaded')
    expect(code).toBe(1)
    expect(() => readFileSync(file)).toThrow()
  })

  it('opens to nobody who only guesses the token of the printer', async () => {
    const answer = await page.request.get(`/board-pack/${month}`, {
      headers: { 'X-Oversight-Print': 'guess', Cookie: '' },
      maxRedirects: 0,
    })
    expect(answer.status()).toBe(302)
  })
})
