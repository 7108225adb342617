import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportTiles } from '#governance/audit/export-tiles.ts'
import { issueReceipt } from '#governance/audit/receipt.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { verifyBundle } from '#governance/audit/verify-bundle.mjs'
import { addPeople, addType, buildLedger, openSeptember, type TestLedger } from '#test/build/ledger.ts'
import { hasOracle, oracleDirectory, readOracle } from '#test/build/oracle.ts'

describe.skipIf(!hasOracle)('the reference log of 300 events (skipped without the oracle)', () => {
  const folder = join(oracleDirectory, 'tlog_bundle')
  const vkey = hasOracle ? readOracle('checkpoint_vkey.txt') : ''
  const note = (size: number) => readOracle(join('tlog_bundle', `checkpoint.${size}`))

  it('holds, and continues its own older checkpoints', () => {
    const report = verifyBundle(folder, { vkey, checkpoints: [note(100), note(256)] })
    expect(report).toMatchObject({ ok: true, size: 300, origin: 'audit.example.com/log1', findings: [] })
  })

  it('is not the log of another checkpoint and receipt signed by the same key', () => {
    const kept = { checkpoints: [readOracle('checkpoint.txt')], receipts: [readOracle('leaf3.tlog-proof')] }
    expect(verifyBundle(folder, { vkey, ...kept }).findings).toEqual([
      { where: 'kept checkpoint 1', what: expect.stringContaining('history was rewritten') },
      { where: 'kept receipt 1', what: expect.stringContaining('history was rewritten') },
      { where: 'kept receipt 1', what: 'event 3 of this log is not the one that was receipted' },
    ])
  })
})

describe('an export', () => {
  let at: TestLedger
  let folder: string
  let copy: string
  let vkey: string
  let receipt: string
  const paths = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

  beforeAll(async () => {
    at = await buildLedger()
    folder = join(at.directory, 'export')
    copy = join(at.directory, 'copy')
    const people = await addPeople(at)
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'expand' })
    const checkpoint = await signCheckpoint(at.ledger)
    receipt = await issueReceipt(at.ledger, 4, checkpoint)
    await exportTiles(at.ledger, folder)
    vkey = readFileSync(join(folder, 'vkey'), 'utf8')
    cpSync(folder, copy, { recursive: true })
  }, 60_000)
  afterAll(() => at.remove())

  it('holds every evidence and policy that its events name, and tells the levels at its end', () => {
    expect(paths().filter((path) => path.startsWith('evidence/'))).toHaveLength(3)
    expect(verifyBundle(folder, { vkey, receipts: [receipt] })).toMatchObject({
      ok: true,
      isOwnKey: true,
      levels: { order_status: 'human_in_the_loop' },
      findings: [],
    })
  })

  it('is verified by the file inside it, with nothing installed, and by sha256sum', () => {
    const file = join(folder, 'verify.mjs')
    expect(readFileSync(file, 'utf8')).not.toMatch(/from '(?!node:)/)
    const run = spawnSync(process.execPath, [file, '--vkey', vkey.trim()], { cwd: '/', encoding: 'utf8' })
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('order_status: human_in_the_loop') })
    expect(execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' })).toBe('')
    const entries = join(
      copy,
      'tile',
      'entries',
      paths()
        .filter((path) => path.startsWith('tile/entries'))[0]
        ?.slice(13) ?? '',
    )
    const bytes = readFileSync(entries)
    writeFileSync(entries, Buffer.from(bytes).fill(0x21, 40, 41))
    const broken = spawnSync(process.execPath, [file, copy, '--json'], { encoding: 'utf8' })
    writeFileSync(entries, bytes)
    expect(broken.status).toBe(1)
    expect(JSON.parse(broken.stdout).findings).toContainEqual({
      where: expect.stringMatching(/^tile\/0\//),
      what: 'hash 0 is not that of entry 0',
    })
    expect(spawnSync(process.execPath, [file, '--colour'], { encoding: 'utf8' }).status).toBe(2)
  })

  it('finds any changed byte of any file in it', () => {
    let flips = 0
    for (const path of paths()) {
      const file = join(copy, path)
      const bytes = readFileSync(file)
      // Every byte of the small files, a spread of the large ones; each kind of place is hit.
      const step = Math.max(1, Math.floor(bytes.length / 60))
      for (let place = 0; place < bytes.length; place += step) {
        const changed = Buffer.from(bytes)
        changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8))
        writeFileSync(file, changed)
        expect(verifyBundle(copy, { vkey }).ok, `${path} byte ${place}`).toBe(false)
        flips += 1
      }
      writeFileSync(file, bytes)
    }
    expect(flips).toBeGreaterThan(400)
    expect(verifyBundle(copy, { vkey }).ok).toBe(true)
  }, 120_000)

  it('finds any changed byte of the log itself by what was signed alone', () => {
    rmSync(join(copy, 'SHA256SUMS'))
    rmSync(join(copy, 'verify.mjs'))
    for (const path of paths().filter((each) => each !== 'SHA256SUMS' && each !== 'verify.mjs')) {
      const file = join(copy, path)
      const bytes = readFileSync(file)
      const step = Math.max(1, Math.floor(bytes.length / 60))
      for (let place = 0; place < bytes.length; place += step) {
        const changed = Buffer.from(bytes)
        changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8))
        writeFileSync(file, changed)
        expect(verifyBundle(copy).ok, `${path} byte ${place}`).toBe(false)
      }
      writeFileSync(file, bytes)
    }
    expect(verifyBundle(copy).ok).toBe(true)
  }, 120_000)

  it('finds a missing file, an added one, and a cut end', () => {
    for (const path of paths().filter((each) => /^(tile|evidence|checkpoint)/.test(each))) {
      const file = join(copy, path)
      const bytes = readFileSync(file)
      rmSync(file)
      expect(
        verifyBundle(copy).findings.map(({ where }) => where),
        path,
      ).toContain(path)
      writeFileSync(file, bytes)
    }
    writeFileSync(join(copy, 'evidence', 'more.json'), '{}')
    expect(verifyBundle(copy).findings.map(({ where }) => where)).toContain('evidence/more.json')
    rmSync(join(copy, 'evidence', 'more.json'))
    expect(verifyBundle(copy).ok).toBe(true)
  })
})
