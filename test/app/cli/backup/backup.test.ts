import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { restoreBackup } from '#app/cli/backup/restore-backup.ts'
import { writeBackup } from '#app/cli/backup/write-backup.ts'
import { createHome, openHome } from '#app/home.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { addPeople, addUser, buildLedger } from '#test/build/ledger.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const now = new Date('2026-10-15T12:00:00Z')
const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by'

/** A home in use: two snapshots, people, a signed checkpoint, a refused row, a pseudonym key. */
async function usedHome() {
  const at = await buildLedger(undefined, 'sqlite')
  onTestFinished(() => at.remove())
  const home = createHome(at.directory)
  await addPeople(at)
  await signCheckpoint(at.ledger)
  writeFileSync(join(home.keysDirectory, 'pseudonym.key'), `${'07'.repeat(32)}\n`, { mode: 0o400 })
  for (const id of ['c1', 'c2']) {
    const files = temporaryFiles({
      'interactions.csv': `${header}\ndesk,${id},x,chat,2026-01-05T09:00:00Z,ai\ndesk,bad,x,pigeon,2026-01-05T09:00:00Z,ai\n`,
    })
    await loadFiles(at.directory, 'canonical', files, { maximumRejectShare: 1 })
  }
  return { at, home }
}

describe('a backup', () => {
  it('is restored as it was: facts, ledger, trail and settings', async () => {
    const { at, home } = await usedHome()
    const folder = join(temporaryFolder(), 'backup')
    const manifest = await writeBackup(home, folder, { withKeys: true, now })
    const before = await verifyTrail(at.ledger)
    expect(manifest).toMatchObject({ servedSnapshotId: 2, hasKeys: true, trail: { size: before.size } })

    const directory = join(temporaryFolder(), 'restored')
    await restoreBackup(folder, directory)
    const restored = openHome(directory)
    expect(await rowsOf(directory, 'SELECT interaction_id FROM interactions ORDER BY 1')).toEqual([['c1'], ['c2']])
    const ledger = await openLedger(restored.ledgerFile, { keysDirectory: restored.keysDirectory })
    onTestFinished(() => ledger.close())
    expect(await verifyTrail(ledger)).toEqual(before)
    // It goes on where it stopped: the same key signs, and the trail grows.
    await addUser({ ...at, ledger }, 'Nora New', 'viewer')
    await signCheckpoint(ledger)
    expect(await verifyTrail(ledger)).toMatchObject({ ok: true, size: before.size + 1, signedSize: before.size + 1 })
    expect(statSync(join(restored.keysDirectory, 'checkpoint.key')).mode & 0o777).toBe(0o400)
  })

  it('leaves refused rows and older snapshots out, and secret keys unless asked for', async () => {
    const { home } = await usedHome()
    const folder = join(temporaryFolder(), 'backup')
    const { files } = await writeBackup(home, folder, { withKeys: false, now })
    expect(files.map(({ path }) => path)).toEqual([
      'home.json',
      'keys/checkpoint.last',
      'keys/checkpoint.vkey',
      'ledger.sqlite',
      'warehouse/current.json',
      'warehouse/snapshot-000002.duckdb',
    ])
    const withSecret = files.filter(({ path }) => readFileSync(join(folder, path), 'latin1').includes('07'.repeat(32)))
    expect(withSecret).toEqual([])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    // Its trail can be checked without them.
    await restoreBackup(folder, join(temporaryFolder(), 'restored'))
  })

  it('is of one moment while the ledger is written', async () => {
    const { at, home } = await usedHome()
    const folder = join(temporaryFolder(), 'backup')
    const writing = (async () => {
      for (let count = 0; count < 20; count += 1) await addUser(at, `Person ${count}`, 'viewer')
    })()
    const { trail } = await writeBackup(home, folder, { withKeys: false, now })
    await writing
    const report = await verifyTrail(at.ledger)
    expect(report).toMatchObject({ ok: true })
    expect(trail?.size).toBeLessThanOrEqual(report.size)
    await restoreBackup(folder, join(temporaryFolder(), 'restored'))
  })

  it('is made of a damaged trail too, and says so', async () => {
    const { at, home } = await usedHome()
    const intruder = await at.place.intrude()
    await intruder.overpower()
    await intruder.run("update users set name = 'Mallory' where email = 'anna@example.com'")
    await intruder.close()
    const folder = join(temporaryFolder(), 'backup')
    await expect(writeBackup(home, folder, { withKeys: false, now })).rejects.toMatchObject({ code: 'trail_broken' })
    expect(existsSync(join(folder, 'manifest.json'))).toBe(true)
    await expect(restoreBackup(folder, join(temporaryFolder(), 'restored'))).rejects.toMatchObject({
      code: 'trail_broken',
    })
  })
})

describe('restoring', () => {
  it('touches no folder in which something lies', async () => {
    const { home } = await usedHome()
    const folder = join(temporaryFolder(), 'backup')
    await writeBackup(home, folder, { withKeys: false, now })
    const taken = temporaryFolder()
    writeFileSync(join(taken, 'notes.txt'), 'mine')
    await expect(restoreBackup(folder, taken)).rejects.toMatchObject({ code: 'conflict' })
    await expect(restoreBackup(folder, home.directory)).rejects.toMatchObject({ code: 'conflict' })
    await expect(writeBackup(home, taken, { withKeys: false, now })).rejects.toMatchObject({ code: 'conflict' })
    expect(readdirSync(taken)).toEqual(['notes.txt'])
  })

  it('makes nothing where a file was changed, is missing, or would lead out of the home', async () => {
    const { home } = await usedHome()
    const parent = temporaryFolder()
    const restored = join(parent, 'restored')
    const damagedBy = async (damage: (folder: string) => void, what: RegExp) => {
      const folder = join(temporaryFolder(), 'backup')
      await writeBackup(home, folder, { withKeys: false, now })
      damage(folder)
      await expect(restoreBackup(folder, restored)).rejects.toThrow(what)
      expect(readdirSync(parent)).toEqual([])
    }
    await damagedBy(
      (folder) => appendFileSync(join(folder, 'warehouse', 'snapshot-000002.duckdb'), 'x'),
      /snapshot-000002\.duckdb is not the file that was backed up/,
    )
    const change = (from: string, to: string) => (folder: string) => {
      const file = join(folder, 'manifest.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
    }
    await damagedBy(
      change('warehouse/snapshot-000002', 'warehouse/snapshot-000009'),
      /snapshot-000009.duckdb is missing/,
    )
    await damagedBy(change('"home.json"', '"../home.json"'), /is not the manifest of a backup/)
  })

  it('says what is no backup', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'warehouse'))
    await expect(restoreBackup(folder, join(temporaryFolder(), 'x'))).rejects.toThrow(/holds no backup/)
  })
})

describe('the commands', () => {
  it('back up and restore, and name the keys that are to be kept apart', async () => {
    const { home } = await usedHome()
    const folder = join(temporaryFolder(), 'backup')
    const made = await runCli('backup', folder, '--home', home.directory)
    expect(made).toMatchObject({ exitCode: 0 })
    expect(made.stdout).toMatch(/served: 2\.\nThe audit trail in it holds: \d+ events.+\nThe secret keys are not in it/)
    const directory = join(temporaryFolder(), 'restored')
    const restored = await runCli('restore', folder, '--home', directory)
    expect(restored.stdout).toContain('put checkpoint.key and pseudonym.key back')
    expect(await runCli('audit', 'verify', '--home', directory)).toMatchObject({ exitCode: 0 })
    expect(await runCli('restore', folder, '--home', directory)).toMatchObject({ exitCode: 1 })
  }, 120_000)
})
