import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oversight, runOversight } from '#test/e2e/run-oversight.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-sample-cli-'))
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const small = ['--interactions', '3000', '--until', '2025-06', '--json']

describe('oversight sample', { timeout: 120_000 }, () => {
  it('writes the files alone with -o, and they load as canonical files', () => {
    const files = join(directory, 'files')
    const report = JSON.parse(oversight(['sample', '-o', files, ...small])) as { files: { rows: number }[] }
    expect(readdirSync(files).sort()).toEqual([
      'change_events.parquet',
      'csat_responses.parquet',
      'escalations.parquet',
      'interactions.parquet',
      'qa_reviews.parquet',
    ])
    const loaded = JSON.parse(
      oversight([
        'load',
        'canonical',
        ...readdirSync(files).map((file) => join(files, file)),
        '--home',
        join(directory, 'own'),
        '--json',
      ]),
    ) as { entities: { interactions: { read: number; loaded: number; quarantined: number } } }
    const rows = report.files[0]?.rows
    expect(loaded.entities.interactions).toMatchObject({ read: rows, loaded: rows, quarantined: 0 })
  })

  it('makes a whole home, once', () => {
    const home = join(directory, 'home')
    oversight(['sample', '--home', home, ...small])
    expect(readdirSync(home)).toEqual(expect.arrayContaining(['home.json', 'ledger.sqlite', 'sample', 'warehouse']))
    expect(runOversight(['sample', '--home', home, ...small])).toMatchObject({ code: 1 })
  })

  it('wants either a home or files', () => {
    const both = runOversight(['sample', '--home', join(directory, 'x'), '-o', join(directory, 'y')])
    expect(both).toMatchObject({ code: 1 })
    expect(both.stderr).toContain('not both')
  })
})
