import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

/** A source with a sound mapping of interactions, and one of surveys as given. */
function ownSource(surveys: string): string {
  const directory = join(temporaryFolder(), 'desk')
  mkdirSync(directory)
  writeFileSync(
    join(directory, 'source.json'),
    JSON.stringify({
      name: 'desk',
      description: 'A desk',
      files: [{ match: ['tickets*.csv'], relation: 'tickets', required: ['no', 'day'], optional: ['team'] }],
    }),
  )
  writeFileSync(
    join(directory, 'interactions.sql'),
    `SELECT source_file, source_row, 'desk' AS source, no AS interaction_id, 'x' AS interaction_type, 'email' AS channel,
      "day" AS started_at, 'human' AS handled_by, team AS issue_key FROM tickets`,
  )
  writeFileSync(join(directory, 'csat_responses.sql'), surveys)
  return directory
}

describe('oversight source check', () => {
  it('shows refused values with advice, missing columns, coverage, shared keys and the first rows; a mapping that fails ends it with 1', async () => {
    const source = ownSource('SELECT nothing FROM tickets')
    const [file = ''] = temporaryFiles({
      'tickets.csv':
        'no,day,mood\na,2026-04-03T10:00:00Z,x\na,2026-04-04T10:00:00Z,x\nb,03/04/2026,x\nc,2026-04-05T10:00:00Z,x\n',
    })
    const { exitCode, stdout } = await runCli('source', 'check', source, file, '--rows', '1')
    expect(exitCode).toBe(1)
    expect(stdout).toContain('tickets.csv: optional columns missing: team.')
    expect(stdout).toContain('columns that are not known were ignored: mood')
    expect(stdout).toContain('interactions: 4 rows, 1 would be refused')
    expect(stdout).toMatch(
      /1 x unreadable_value: started_at does not read as .*; first in tickets\.csv, row 3; for example "03\/04\/2026"\. Declare its format and time zone/,
    )
    expect(stdout).toContain('2 rows share their key')
    expect(stdout).toMatch(/started_at +75\.0 %/)
    expect(stdout).toMatch(/never: .*issue_key/)
    expect(stdout).toMatch(/row 1:\n +source +desk\n +interaction_id +a/)
    expect(stdout).not.toContain('row 2:')
    expect(stdout).toMatch(/csat_responses: FAILED\n.*csat_responses\.sql: the mapping fails/)
  })

  it('ends with 1 where a load would be refused for personal data; customer ids that a load hashes are none', async () => {
    const source = ownSource('SELECT * FROM tickets')
    rmSync(join(source, 'csat_responses.sql'))
    const mapping = join(source, 'interactions.sql')
    writeFileSync(
      mapping,
      readFileSync(mapping, 'utf8').replace('FROM tickets', ", 'jo@example.org' AS customer_id FROM tickets"),
    )
    const check = async (team: string) => {
      const [file = ''] = temporaryFiles({ 'tickets.csv': `no,day,team\na,2026-04-03T10:00:00Z,${team}\n` })
      return runCli('source', 'check', source, file)
    }
    expect((await check('north')).exitCode).toBe(0)
    const refused = await check('jane.doe@example.org')
    expect(refused.exitCode).toBe(1)
    expect(refused.stdout).toContain('interactions: 1 row, 0 would be refused\n')
    expect(refused.stdout).toContain(
      'A load would be refused: tickets.csv: column issue_key of interactions holds what looks like e-mail addresses (1 of 1 values looked at). They must not enter the warehouse. Map an identifier instead.',
    )
  })

  it('gives the same as JSON, loads nothing, and refuses a file that lacks a required column', async () => {
    const source = ownSource(
      `SELECT source_file, source_row, 'desk' AS source, no AS response_id, no AS interaction_id, "day" AS offered_at,
        'binary' AS scale FROM tickets`,
    )
    const [file = '', other = ''] = temporaryFiles({
      'tickets.csv': 'no,day,team\na,2026-04-03T10:00:00Z,x\n',
      'tickets-2.csv': 'no,team\na,x\n',
    })
    const sound = await runCli('source', 'check', source, file, '--json')
    expect(sound.exitCode).toBe(0)
    expect(JSON.parse(sound.stdout)).toMatchObject({
      source: 'desk',
      absentColumns: [],
      entities: [
        { entity: 'interactions', rowCount: 1, faults: [], firstRows: [{ issue_key: 'x' }] },
        { entity: 'csat_responses', failure: null, rowCount: 1 },
      ],
    })
    const refused = await runCli('source', 'check', source, other)
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('tickets-2.csv, line 1: required column missing: day'),
    })
    const nowhere = await runCli('source', 'check', join(source, '..'), file)
    expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is no source') })
  })
})
