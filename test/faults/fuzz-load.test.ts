import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoadReport } from '#etl/load-report.ts'
import { OversightError } from '#models/oversight-error.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, rowsOf } from '#test/build/load-files.ts'

const header = [
  'source',
  'interaction_id',
  'interaction_type',
  'channel',
  'started_at',
  'handled_by',
  'updated_at',
  'ai_confidence',
]
const runs = Number(process.env.OVERSIGHT_TEST_RUNS ?? 12)

const odd = fc.oneof(
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
const row = fc.tuple(
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

function csv(rows: readonly (readonly string[])[]): string {
  // Null characters cannot stand in RFC 4180 text.
  const field = (value: string) => `"${value.replaceAll('\u0000', '').replaceAll('"', '""')}"`
  return `${[header, ...rows].map((each) => each.map(field).join(',')).join('\n')}\n`
}

async function withHome(check: (home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'oversight-fuzz-'))
  try {
    await check(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function write(home: string, content: string | Uint8Array): string[] {
  const file = join(home, 'interactions.csv')
  writeFileSync(file, content)
  return [file]
}

async function factsOf(home: string): Promise<number> {
  if (currentSnapshot(join(home, 'warehouse')) === undefined) return 0
  const [[count]] = (await rowsOf(home, 'SELECT count(*)::INT FROM interactions')) as [[number]]
  return count
}

async function expectSum(home: string, report: LoadReport, before: number): Promise<void> {
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

describe('whatever a file holds, a load ends in facts or in a message', () => {
  it('rows: every one is loaded, unchanged, superseded or quarantined, also beside facts and a second time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.array(row, { maxLength: 8 }),
        (first, second) =>
          withHome(async (home) => {
            const options = { maximumRejectShare: 1 }
            for (const rows of [first, [...second, ...first.slice(0, 2)], first]) {
              const before = await factsOf(home)
              try {
                const report = await loadFiles(home, 'canonical', write(home, csv(rows)), options)
                expect(report.entities.interactions?.read).toBe(rows.length)
                await expectSum(home, report, before)
              } catch (error) {
                // What looks personal refuses the load; nothing else may go wrong with well-formed text.
                if (!(error instanceof OversightError && error.code === 'load_refused')) throw error
              }
            }
          }),
      ),
      { numRuns: runs, interruptAfterTimeLimit: 90_000, endOnFailure: process.env.OVERSIGHT_TEST_RUNS !== undefined },
    )
  }, 240_000)

  it('bytes: a load publishes and the sum holds, or an error of ours names the file, and the next load works', async () => {
    const sound = csv([['desk', 'c9', 'billing', 'chat', '2026-01-05T09:00:00Z', 'ai', '', '']])
    const mutation = fc.array(
      fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 3 }), fc.uint8Array({ minLength: 0, maxLength: 6 })),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), mutation, (rows, changes) =>
        withHome(async (home) => {
          let bytes = Buffer.from(csv(rows))
          for (const [at, removed, inserted] of changes) {
            const place = at % (bytes.length + 1)
            bytes = Buffer.concat([bytes.subarray(0, place), inserted, bytes.subarray(place + removed)])
          }
          try {
            const report = await loadFiles(home, 'canonical', write(home, bytes), { maximumRejectShare: 1 })
            await expectSum(home, report, 0)
          } catch (error) {
            if (!(error instanceof OversightError) || error.code === 'internal') throw error
            expect(error.message).toContain('interactions.csv')
          }
          const before = await factsOf(home)
          const next = await loadFiles(home, 'canonical', write(home, sound), { maximumRejectShare: 1 })
          await expectSum(home, next, before)
        }),
      ),
      { numRuns: runs, interruptAfterTimeLimit: 90_000, endOnFailure: process.env.OVERSIGHT_TEST_RUNS !== undefined },
    )
  }, 240_000)
})
