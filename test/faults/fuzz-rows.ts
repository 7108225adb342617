import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { LoadReport } from '#etl/load-report.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { rowsOf } from '#test/build/load-files.ts'

export const header = [
  'source',
  'interaction_id',
  'interaction_type',
  'channel',
  'started_at',
  'handled_by',
  'updated_at',
  'ai_confidence',
]

export const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '"',
    "'",
    ',',
    '\n',
    '\r\n',
    '\u0000',
    '\ufeff',
    'NULL',
    '-0',
    '1e400',
    '=1+1',
    '💥',
    "'; DROP TABLE x",
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
export const row = fc.tuple(
  fc.constantFrom('desk', 'shop'),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom('c1', 'c2', 'c3', 'c4') }, { weight: 1, arbitrary: odd }),
  fc.oneof(fc.constant('billing'), odd),
  fc.oneof({ weight: 4, arbitrary: fc.constant('chat') }, { weight: 1, arbitrary: odd }),
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('2026-01-05T09:00:00Z', '2026-02-05T09:00:00+02:00') },
    { weight: 1, arbitrary: odd },
  ),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom('ai', 'human') }, { weight: 1, arbitrary: odd }),
  fc.oneof(fc.constantFrom('', '2026-01-06T09:00:00Z', '2026-01-07T09:00:00Z'), odd),
  fc.oneof(fc.constantFrom('', '0.5', '1', '7', 'NaN'), odd),
)

export async function withHome(check: (home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'oversight-fuzz-'))
  try {
    await check(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

export async function factsOf(home: string): Promise<number> {
  if (currentSnapshot(join(home, 'warehouse')) === undefined) return 0
  const [[count]] = (await rowsOf(home, 'SELECT count(*)::INT FROM interactions')) as [[number]]
  return count
}

export async function expectSum(home: string, report: LoadReport, before: number): Promise<void> {
  const counts = report.entities.interactions
  if (counts === undefined) throw new Error('no report of interactions')
  expect(counts.loaded + counts.unchanged + counts.superseded + counts.quarantined).toBe(counts.read)
  const [[facts, refused]] = (await rowsOf(
    home,
    `SELECT (SELECT count(*) FROM interactions)::INT, (SELECT count(*) FROM quarantine WHERE load_id = '${report.loadId}')::INT`,
  )) as [[number, number]]
  expect(refused).toBe(counts.quarantined)
  expect(facts).toBeGreaterThanOrEqual(before)
  expect(facts).toBeLessThanOrEqual(before + counts.loaded)
}
