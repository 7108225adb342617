import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = join(import.meta.dirname, '..', 'etl', 'fixtures', 'canonical', 'interactions.csv')
const disk = mkdtempSync(join(tmpdir(), 'oversight-disk-'))
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status === 0
const isRoot = process.getuid?.() === 0

describe.skipIf(!isMounted)(`a full disk${isMounted ? '' : ' (skipped: a small disk cannot be mounted here)'}`, () => {
  const home = join(disk, 'home')
  beforeAll(async () => {
    expect((await runCli('load', 'canonical', fixture, '--home', home)).exitCode).toBe(0)
  })
  afterAll(() => {
    spawnSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  it('is told, what is served stays whole, and with room again the next load works', async () => {
    const before = currentSnapshot(join(home, 'warehouse'))
    const files = temporaryFolder()
    const big = join(files, 'interactions.csv')
    const rows = Array.from(
      { length: 50_000 },
      (_, index) => `desk,${crypto.randomUUID()}-${index},x,chat,2026-01-05T09:00:00Z,ai`,
    )
    writeFileSync(big, `source,interaction_id,interaction_type,channel,started_at,handled_by\n${rows.join('\n')}\n`)
    // What somebody else put there; the load needs several times what is left.
    const filler = join(disk, 'filler')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 2 ** 20))
    const result = await runCli('load', 'canonical', big, '--home', home)
    expect(result.exitCode).toBe(1)
    expect(result.stderr).toMatch(/oversight: The disk .+ is full.+ Free some space/s)
    expect(currentSnapshot(join(home, 'warehouse'))).toEqual(before)
    expect(await rowsOf(home, 'SELECT count(*)::INT FROM interactions')).toEqual([[4]])
    rmSync(filler)
    expect((await runCli('load', 'canonical', big, '--home', home)).exitCode).toBe(0)
    expect(await rowsOf(home, 'SELECT count(*)::INT FROM interactions')).toEqual([[50_004]])
  }, 120_000)
})

describe.skipIf(isRoot)(
  `a folder that cannot be written${isRoot ? ' (skipped: root may write everywhere)' : ''}`,
  () => {
    it('is told, and what is served stays', async () => {
      const home = temporaryFolder()
      await runCli('load', 'canonical', fixture, '--home', home)
      chmodSync(join(home, 'warehouse'), 0o500)
      const result = await runCli('load', 'canonical', fixture, '--home', home)
      chmodSync(join(home, 'warehouse'), 0o700)
      expect(result.exitCode).toBe(1)
      expect(result.stderr).toMatch(/cannot be written/)
    })

    it('is not blamed for a file that may not be read', async () => {
      const [file = ''] = temporaryFiles({ 'interactions.csv': 'source\n' })
      chmodSync(file, 0)
      const result = await runCli('load', 'canonical', file, '--home', temporaryFolder())
      expect(result).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(`${file}: may not be read by the user`),
      })
      expect(result.stderr).not.toMatch(/cannot be written/)
    })
  },
)

const readOnly = mkdtempSync(join(tmpdir(), 'oversight-read-only-'))
const isBound = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', readOnly]).status === 0

describe.skipIf(!isBound)(
  `a disk that is mounted read-only${isBound ? '' : ' (skipped: nothing can be mounted here)'}`,
  () => {
    afterAll(() => {
      spawnSync('umount', ['-l', readOnly])
      rmSync(readOnly, { recursive: true, force: true })
    })

    it('is told, what is served can be read, and once writable the next load works', async () => {
      const home = join(readOnly, 'home')
      mkdirSync(home, { recursive: true })
      expect((await runCli('load', 'canonical', fixture, '--home', home)).exitCode).toBe(0)
      spawnSync('mount', ['-o', 'remount,ro', readOnly])
      const result = await runCli('load', 'canonical', fixture, '--home', home)
      expect(result.exitCode).toBe(1)
      expect(result.stderr).toMatch(/oversight: .+ cannot be written/)
      expect(await rowsOf(home, 'SELECT count(*)::INT FROM interactions')).toEqual([[4]])
      const fresh = await runCli('load', 'canonical', fixture, '--home', join(readOnly, 'fresh', 'home'))
      expect(fresh.stderr).toMatch(/cannot be made an Oversight home: EROFS/)
      spawnSync('mount', ['-o', 'remount,rw', readOnly])
      expect((await runCli('load', 'canonical', fixture, '--home', home)).exitCode).toBe(0)
    }, 60_000)
  },
)
