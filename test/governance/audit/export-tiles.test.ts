import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportTiles, tilePath } from '#governance/audit/export-tiles.ts'
import { recordEvent } from '#governance/audit/record-event.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { verifyBundle } from '#governance/audit/verify-bundle.mjs'
import { change } from '#governance/ledger/change.ts'
import { systemActor } from '#governance/ledger/system-actor.ts'
import { buildLedger, type TestLedger } from '#test/build/ledger.ts'

it('names tiles as C2SP does', () => {
  expect(tilePath(0, 256)).toBe('000')
  expect(tilePath(1, 44)).toBe('001.p/44')
  expect(tilePath(1_234_067, 256)).toBe('x001/x234/067')
})

describe('an export', () => {
  let at: TestLedger
  let folder: string
  let key: string
  beforeEach(async () => {
    at = await buildLedger()
    folder = join(at.directory, 'export')
    await change(at.ledger, async (db) => {
      for (let count = 0; count < 600; count += 1) {
        await recordEvent(db, at.clock(), systemActor, {
          action: 'signed-in',
          object: { type: 'user', id: `user-${count}` },
          data: {},
        })
      }
    })
    await exportTiles(at.ledger, folder)
    key = readFileSync(join(folder, 'vkey'), 'utf8')
  })
  afterEach(() => at.remove())

  it('holds every event and verifies offline with its key', async () => {
    const { root } = await signCheckpoint(at.ledger)
    expect(verifyBundle(folder, { vkey: key })).toMatchObject({
      ok: true,
      size: 602,
      root: root.toString('hex'),
      findings: [],
    })
  })

  it.each([
    'checkpoint',
    'tile/0/001',
    'tile/0/002.p/90',
    'tile/1/000.p/2',
    'tile/entries/000',
    'tile/entries/002.p/90',
  ])('fails when one byte of %s is changed', async (path) => {
    const file = join(folder, path)
    const bytes = readFileSync(file)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
    rmSync(join(folder, 'SHA256SUMS'))
    const { findings } = verifyBundle(folder, { vkey: key })
    expect(findings.length).toBeGreaterThan(0)
  })

  it('does not write over another export', async () => {
    await expect(exportTiles(at.ledger, folder)).rejects.toMatchObject({ code: 'conflict' })
  })
})
