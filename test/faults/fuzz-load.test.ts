import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { loadFiles } from '#test/build/load-files.ts'
import { expectSum, factsOf, header, row, withHome } from './fuzz-rows.ts'

const runs = Number(process.env.OVERSIGHT_TEST_RUNS ?? 12)

function csv(rows: readonly (readonly string[])[]): string {
  // Null characters cannot stand in RFC 4180 text.
  const field = (value: string) => `"${value.replaceAll('\u0000', '').replaceAll('"', '""')}"`
  return `${[header, ...rows].map((each) => each.map(field).join(',')).join('\n')}\n`
}

function write(home: string, content: string | Uint8Array): string[] {
  const file = join(home, 'interactions.csv')
  writeFileSync(file, content)
  return [file]
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
