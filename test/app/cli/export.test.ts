import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHome } from '#app/home.ts'
import { temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = join(import.meta.dirname, '..', '..', 'etl', 'fixtures', 'tau2-bench', 'airline.json')

describe('oversight export', () => {
  it('writes a dataset of the current snapshot to standard output, CSV unless told otherwise', async () => {
    const home = temporaryFolder()
    await runCli('load', 'tau2-bench', fixture, '--home', home)
    const csv = await runCli('export', 'interactions', '--home', home)
    expect(csv).toMatchObject({ exitCode: 0, stderr: '' })
    const [header = '', ...rows] = csv.stdout.trim().split('\n')
    for (const column of [
      'source',
      'interaction_id',
      'source_file',
      'interaction_type',
      'ai_version',
      'is_reviewed',
      'is_error',
      'is_escalated',
    ]) {
      expect(header.split(',')).toContain(column)
    }
    expect(rows).toHaveLength(6)
    const ndjson = await runCli('export', 'escalations', '--format', 'ndjson', '--home', home)
    expect(
      ndjson.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).escalation_id),
    ).toEqual(['a-expected:esc', 'a-loop:esc'])
  })

  it('writes a file that appears when it is complete', async () => {
    const home = temporaryFolder()
    await runCli('load', 'tau2-bench', fixture, '--home', home)
    const file = join(home, 'out.parquet')
    const result = await runCli('export', 'interactions', '--format', 'parquet', '-o', file, '--home', home)
    expect(result).toMatchObject({ exitCode: 0, stdout: '' })
    expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1')
    expect(existsSync(`${file}.partial`)).toBe(false)
  })

  it('says which datasets and formats there are', async () => {
    const home = temporaryFolder()
    await runCli('load', 'tau2-bench', fixture, '--home', home)
    expect(await runCli('export', 'nothing', '--home', home)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/There is no dataset "nothing"\. Datasets: interactions, monthly_metrics/),
    })
    expect(await runCli('export', 'interactions', '--format', 'xlsx', '--home', home)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Formats: csv, ndjson, parquet, arrow/),
    })
  })

  it('says what to do before anything was loaded', async () => {
    expect(await runCli('export', 'interactions', '--home', temporaryFolder())).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/is no Oversight home/),
    })
  })
})

describe('oversight models build and oversight publish', () => {
  it('publish a new snapshot over the same facts', async () => {
    const home = temporaryFolder()
    await runCli('load', 'tau2-bench', fixture, '--home', home)
    const before = await runCli('export', 'interactions', '--home', home)
    expect(await runCli('models', 'build', '--home', home)).toMatchObject({
      exitCode: 0,
      stdout: 'Published snapshot 2.\n',
    })
    expect(await runCli('publish', '--home', home, '--json')).toMatchObject({
      exitCode: 0,
      stdout: '{"snapshotId":3}\n',
    })
    expect((await runCli('export', 'interactions', '--home', home)).stdout).toBe(before.stdout)
  })

  it('say that there is nothing to build from', async () => {
    const home = temporaryFolder()
    createHome(home)
    expect(await runCli('publish', '--home', home)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/Nothing has been loaded yet/),
    })
  })
})
