import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openHomeLedger } from '#app/open-home-ledger.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = join(import.meta.dirname, '..', 'etl', 'fixtures', 'canonical', 'interactions.csv')

interface Finding {
  check: string
  state: 'ok' | 'note' | 'failed'
  what: string
  remedy: string | null
}

async function loadedHome(home = temporaryFolder()): Promise<string> {
  expect((await runCli('load', 'canonical', fixture, '--home', home)).exitCode).toBe(0)
  return home
}

/** The exit code and everything that is not well. */
async function examine(home: string): Promise<{ exitCode: number | null; findings: Finding[] }> {
  const { exitCode, stdout } = await runCli('doctor', '--home', home, '--json')
  const findings = (JSON.parse(stdout) as Finding[]).filter(({ state }) => state !== 'ok')
  return { exitCode, findings: findings.filter(({ what }) => what !== 'there is none yet') }
}

/** Another process that holds an SQLite file, until it is released or the test is over. */
async function holdFile(file: string): Promise<() => Promise<void>> {
  const program = `const db = new (require('better-sqlite3'))(process.argv[1]); db.exec('begin exclusive'); console.log('held'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['-e', program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const release = async () => {
    if (holder.kill('SIGKILL')) await once(holder, 'exit')
  }
  onTestFinished(release)
  await once(holder.stdout, 'data')
  return release
}

/** What a load in the middle of its work has in the folder. */
function leaveWork(home: string): void {
  mkdirSync(join(home, 'warehouse', 'work-2-99999'))
  writeFileSync(join(home, 'warehouse', 'building-2-99999.duckdb'), 'half')
}

describe('doctor', () => {
  it('after a killed load says what it left, that nothing is lost, and that the next load removes it', async () => {
    const home = await loadedHome()
    leaveWork(home)
    expect(await examine(home)).toMatchObject({
      exitCode: 0,
      findings: [
        {
          check: 'leftovers',
          state: 'note',
          what: 'building-2-99999.duckdb, work-2-99999 of a load that was killed',
          remedy: expect.stringContaining('The next load removes it'),
        },
      ],
    })
    await loadedHome(home)
    expect(await examine(home)).toMatchObject({ exitCode: 0, findings: [] })
  }, 60_000)

  it('while a load runs says to wait, and to leave its files alone', async () => {
    const home = await loadedHome()
    leaveWork(home)
    await holdFile(join(home, 'warehouse', 'load.lock'))
    expect(await examine(home)).toMatchObject({
      exitCode: 0,
      findings: [
        { check: 'leftovers', state: 'note', remedy: expect.stringContaining('Leave it alone') },
        { check: 'lock', state: 'note', what: 'a load is running', remedy: expect.stringContaining('Wait for it') },
      ],
    })
  }, 60_000)

  it('tells a snapshot that is cut off from one that is missing', async () => {
    const home = await loadedHome()
    const file = String(currentSnapshot(join(home, 'warehouse'))?.file)
    const remedy = expect.stringContaining('Restore a backup')
    truncateSync(file, Math.floor(statSync(file).size / 3))
    const cut = await examine(home)
    expect(cut.exitCode).toBe(1)
    expect(cut.findings).toContainEqual({
      check: 'snapshot',
      state: 'failed',
      what: expect.stringContaining(file),
      remedy,
    })
    rmSync(file)
    const missing = await examine(home)
    expect(missing.exitCode).toBe(1)
    expect(missing.findings).toContainEqual({
      check: 'snapshot',
      state: 'failed',
      what: expect.stringMatching(/current\.json names .+, which is not there/),
      remedy,
    })
    writeFileSync(join(home, 'warehouse', 'current.json'), '{"snapshotId": 1')
    expect((await examine(home)).findings).toContainEqual({
      check: 'snapshot',
      state: 'failed',
      what: expect.stringContaining('does not name a snapshot'),
      remedy,
    })
  }, 60_000)

  it('says that the ledger is in use, or damaged, each with its own way out', async () => {
    const home = await loadedHome()
    const file = join(home, 'ledger.sqlite')
    await (await openHomeLedger({ ledgerFile: file, keysDirectory: join(home, 'keys') })).close()
    const release = await holdFile(file)
    const held = await examine(home)
    expect(held.exitCode).toBe(1)
    expect(held.findings).toMatchObject([
      { check: 'ledger', state: 'failed', remedy: expect.stringContaining('Another program holds the file') },
    ])
    await release()
    writeFileSync(file, 'no database, but as long as the head of one would be '.repeat(20))
    const damaged = await examine(home)
    expect(damaged.exitCode).toBe(1)
    expect(damaged.findings).toMatchObject([
      { check: 'ledger', state: 'failed', remedy: expect.stringContaining('restore a backup') },
    ])
  }, 90_000)

  it('says that the server of the ledger is out of reach, without its password', async () => {
    const home = await loadedHome()
    vi.stubEnv('OVERSIGHT_LEDGER_URL', 'postgresql://oversight:secret-pigeon@127.0.0.1:9/ledger')
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const { exitCode, findings } = await examine(home)
    expect(exitCode).toBe(1)
    expect(findings).toMatchObject([
      { check: 'ledger', state: 'failed', remedy: expect.stringContaining('OVERSIGHT_LEDGER_URL') },
    ])
    expect(JSON.stringify(findings)).not.toContain('secret-pigeon')
  }, 60_000)
})

const disk = mkdtempSync(join(tmpdir(), 'oversight-doctor-'))
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status === 0

describe.skipIf(!isMounted)(`doctor on a small disk${isMounted ? '' : ' (skipped: none can be mounted here)'}`, () => {
  afterAll(() => {
    spawnSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  it('says that room is short, and when it cannot be written', async () => {
    const home = await loadedHome(join(disk, 'home'))
    const short = await examine(home)
    expect(short.exitCode).toBe(1)
    expect(short.findings).toMatchObject([
      {
        check: 'disk',
        state: 'failed',
        what: expect.stringMatching(/free, a load may need/),
        remedy: expect.stringContaining('Free some'),
      },
    ])
    spawnSync('mount', ['-o', 'remount,ro', disk])
    const { exitCode, findings } = await examine(home)
    expect(exitCode).toBe(1)
    expect(findings).toContainEqual({
      check: 'folder',
      state: 'failed',
      what: expect.stringContaining('cannot be written'),
      remedy: 'Give the user that loads the right to write there.',
    })
    expect(findings.map(({ what }) => what)).not.toContain('a load is running')
  }, 60_000)
})
