import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = (name: string) => join(import.meta.dirname, '..', '..', 'etl', 'fixtures', 'canonical', name)

describe('oversight load', () => {
  it('makes the home, prints the counts per entity, and the second load says unchanged', async () => {
    const home = join(temporaryFolder(), 'home')
    const args = ['load', 'canonical', fixture('interactions.csv'), fixture('qa_reviews.csv'), '--home', home]
    const first = await runCli(...args)
    expect(first).toMatchObject({ exitCode: 0 })
    expect(first.stdout).toMatch(/Loaded 2 files of source canonical as load \S+; published snapshot 1\./)
    expect(first.stdout).toMatch(/read +loaded +unchanged +superseded +quarantined/)
    expect(first.stdout).toMatch(/interactions +4 +4 +0 +0 +0/)
    expect(first.stdout).toMatch(/qa_reviews +2 +2 +0 +0 +0/)
    // Not a terminal: plain lines.
    expect(first.stderr).toMatch(/^preparing the next snapshot\nreading 2 files\nparsing interactions\.csv\n/)

    const second = await runCli(...args, '--json')
    const report = JSON.parse(second.stdout)
    expect(report).toMatchObject({ snapshotId: 2, entities: { interactions: { read: 4, loaded: 0, unchanged: 4 } } })
    for (const counts of Object.values<Record<string, number>>(report.entities)) {
      const { read, loaded = 0, unchanged = 0, superseded = 0, quarantined = 0 } = counts
      expect(loaded + unchanged + superseded + quarantined).toBe(read)
    }
  })

  it('says which rows were refused by which rule, and where', async () => {
    const home = temporaryFolder()
    const [file] = temporaryFiles({
      'interactions.csv':
        'source,interaction_id,interaction_type,channel,started_at,handled_by\ndesk,c1,x,pigeon,2026-01-05T09:00:00Z,ai\n',
    })
    const strict = await runCli('load', 'canonical', String(file), '--home', home)
    expect(strict.exitCode).toBe(1)
    expect(strict.stderr).toMatch(/Too many rows were refused[\s\S]*1 of 1 rows refused \(100 %, at most 5 % allowed\)/)
    const lenient = await runCli('load', 'canonical', String(file), '--home', home, '--max-reject-percent', '100')
    expect(lenient.exitCode).toBe(0)
    expect(lenient.stdout).toMatch(
      /interactions: 1 x unknown_value: channel is none of .+; first in interactions\.csv, row 1/,
    )
    expect(lenient.stdout).toMatch(/The refused rows with their values: .+rejects.+\.ndjson/)
  })

  it('ends with code 1 and one clear line for a file that cannot be read', async () => {
    const [file] = temporaryFiles({ 'run.json.gz': gzipSync('{"simulations": []}').subarray(0, 20) })
    const result = await runCli('load', 'tau2-bench', String(file), '--home', temporaryFolder())
    expect(result.exitCode).toBe(1)
    expect(result.stdout).toBe('')
    expect(result.stderr).toMatch(/oversight: run\.json\.gz: the gzip archive is truncated/)
    expect(result.stderr).not.toMatch(/internal error|\bat .+:\d+:\d+/)
  })

  it('leaves no home behind when the first load fails, and publishes nothing without rows', async () => {
    const folder = temporaryFolder()
    const [empty, orphans] = temporaryFiles({
      'interactions.csv': 'source,interaction_id,interaction_type,channel,started_at,handled_by\n',
      'qa_reviews.csv':
        'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,outcome\ndesk,q1,c9,r1,human,random,2026-01-08T09:00:00Z,pass\n',
    })
    const [fresh, given] = [join(folder, 'home'), temporaryFolder()]
    for (const home of [fresh, given]) {
      const failed = await runCli('load', 'canonical', String(empty), '--home', home)
      expect(failed).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('There is no row in interactions.csv'),
      })
    }
    expect(existsSync(fresh)).toBe(false)
    expect(readdirSync(given)).toEqual([])

    const refused = await runCli('load', 'canonical', String(orphans), '--home', fresh)
    expect(refused.stderr).toContain('Load the interactions first')
    expect(refused.stderr).not.toContain('tried again')
    const kept = await runCli('load', 'canonical', String(orphans), '--home', fresh, '--max-reject-percent', '100')
    expect(kept.stdout).toContain('are kept and tried again by every later load')
  })

  it('ends with code 2 for wrong usage', async () => {
    for (const args of [
      ['load', 'nosuch', 'x.csv'],
      ['export', 'nosuch'],
      ['export', 'interactions', '--format', 'nosuch'],
      ['review', 'open', '2026-13'],
      ['sample', '--months', '0'],
      ['sample', '--interactions', '1'],
      ['nosuch', '--help'],
    ]) {
      expect(await runCli(...args), args.join(' ')).toMatchObject({ exitCode: 2 })
    }
    expect(await runCli('load')).toMatchObject({ exitCode: 2 })
    expect(await runCli('load', 'canonical', 'x.csv', '--max-reject-percent', '101')).toMatchObject({ exitCode: 2 })
    expect(await runCli('load', 'canonical', 'x.csv', '--nonsense')).toMatchObject({ exitCode: 2 })
  })
})
