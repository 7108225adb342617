import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { unpackArchive } from '#test/build/unpack-archive.ts'
import { changeOneByte, verifyUnpacked } from '#test/build/unpacked-trail.ts'
import { demonstrationSite } from './demonstration-site.ts'
import { hasRealRuns, realRunsSite, whereSkipped } from './real-runs-site.ts'
import type { ServedSite } from './served-site.ts'

/** Filters, verifies here and elsewhere; a changed byte is found. */
async function auditInUnderAMinute(site: ServedSite, action: string): Promise<void> {
  const page = await site.pageOf('auditor')
  const startedAt = performance.now()
  await page.goto('/overview')
  await page.getByRole('link', { name: 'Audit trail', exact: true }).click()
  await page.getByRole('combobox', { name: 'Event', exact: true }).selectOption(action)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByText('with these filters').waitFor()
  const actions = page.locator('.events .e-action')
  expect(new Set((await actions.allTextContents()).slice(1))).toEqual(new Set([action]))

  await page.getByRole('button', { name: 'Verify now' }).click()
  await page.getByText('The trail holds.').waitFor()
  const [bundle] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the bundle' }).click(),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'oversight-auditor-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  await unpackArchive(createReadStream(await bundle.path()), folder)
  const trail = join(folder, 'oversight-trail')
  const said = verifyUnpacked(trail)
  expect(said.output).toMatch(/\d+ entries/)
  expect(said.exitCode).toBe(0)
  expect(performance.now() - startedAt).toBeLessThan(60_000)

  changeOneByte(trail)
  const found = verifyUnpacked(trail)
  expect(found.output).toContain('tile/entries/')
  expect(found.exitCode).toBe(1)
}

describe('an auditor', () => {
  const site = demonstrationSite()

  it('filters the trail, verifies it here, and without this server, in under a minute', () =>
    auditInUnderAMinute(site, 'decision-recorded'))
})

describe.skipIf(!hasRealRuns)(`an auditor of real AI-agent runs${whereSkipped}`, () => {
  const site = realRunsSite()

  it('does the same', () => auditInUnderAMinute(site, 'user-created'))
})
