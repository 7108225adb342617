import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'
import { addPeople, decideFirstType } from './first-decision.ts'
import { fixtureType, writeFixtureFiles } from './fixture-files.ts'
import { hasRealRuns, loadRealRuns, whereSkipped } from './real-runs-site.ts'
import { oversight, runOversight } from './run-oversight.ts'
import { serveHome } from './serve-home.ts'

let directory: string
let browser: Browser

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-e2e-'))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser.close()
  rmSync(directory, { recursive: true, force: true })
})

/** Loads, serves and decides; returns the home for what comes after. */
async function decideIn(
  name: string,
  load: (home: string) => void,
  options: { javaScript: boolean; interactionType?: string },
) {
  const home = join(directory, name)
  load(home)
  addPeople(home)
  const served = await serveHome(home)
  try {
    await decideFirstType(browser, served.url, options)
  } finally {
    await served.stop()
  }
  return home
}

describe('from the first page to a signed decision', () => {
  it.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('on a few files of our own, %s', async (name, javaScript) => {
    const files = writeFixtureFiles(join(directory, 'files'))
    const load = (home: string) => oversight(['load', 'canonical', ...files, '--home', home])
    const home = await decideIn(`fixture ${name}`, load, { javaScript, interactionType: fixtureType })
    expect(runOversight(['audit', 'verify', '--home', home])).toMatchObject({ code: 0 })
  })

  it.skipIf(!hasRealRuns).each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])(`on real AI-agent runs, %s${whereSkipped}`, async (name, javaScript) => {
    await decideIn(`tau2 ${name}`, loadRealRuns, { javaScript })
  })
})

describe('tampering with a ledger that holds a signed decision', () => {
  const places: [string, string, string][] = [
    ['a stored event', 'audit_events', "leaf = replace(leaf, 'signed-in', 'signed-on')"],
    ['a vote', 'votes', "reason = reason || 'x'"],
    ['a decision', 'decisions', "meaning = replace(meaning, 'keep', 'kept')"],
    ['the level in force', 'level_intervals', "oversight_level = 'human_on_the_loop'"],
    ['frozen evidence', 'evidence', "content = replace(content, '1', '2')"],
  ]

  it.each(places)('is found and located: %s', (_what, table, assignment) => {
    const home = join(directory, 'fixture with JavaScript')
    const copy = join(directory, `tampered-${table}`)
    cpSync(home, copy, { recursive: true })
    const file = join(copy, 'ledger.sqlite')
    const ledger = new Database(file)
    const triggers = ledger
      .prepare<[string], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?")
      .all(table)
    expect(() => ledger.exec(`UPDATE ${table} SET ${assignment}`)).toThrow()
    // Whoever holds the file can drop the guards; the trail has to tell anyway.
    for (const { name } of triggers) ledger.exec(`DROP TRIGGER "${name}"`)
    expect(ledger.prepare(`UPDATE ${table} SET ${assignment}`).run().changes).toBeGreaterThan(0)
    ledger.close()
    const verified = runOversight(['audit', 'verify', '--home', copy])
    expect(verified.code).toBe(1)
    expect(`${verified.stdout}${verified.stderr}`).toContain(table)
  })
})
