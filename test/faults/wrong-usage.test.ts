import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = join(import.meta.dirname, '..', 'etl', 'fixtures', 'canonical', 'interactions.csv')

describe('arguments that a script got wrong', () => {
  it.each([
    ['an empty home', ['load', 'canonical', fixture, '--home', ''], 1, /--home has an empty name/],
    ['an empty file name', ['load', 'canonical', ''], 1, /One of the files to load has an empty name/],
    ['memory in words', ['load', 'canonical', fixture, '--memory', 'lots'], 2, /A size with its unit is expected/],
    ['memory below zero', ['load', 'canonical', fixture, '--memory', '-1GB'], 2, /A size with its unit is expected/],
    ['no memory', ['load', 'canonical', fixture, '--memory', '0GB'], 2, /A size with its unit is expected/],
    ['a retry where nothing was loaded', ['quarantine', 'retry'], 1, /is no Oversight home/],
  ])('%s: is told, and no home is made', async (_, args, exitCode, message) => {
    const home = join(temporaryFolder(), 'home')
    const result = await runCli(...args, ...(args.includes('--home') ? [] : ['--home', home]))
    expect(result.exitCode).toBe(exitCode)
    expect(result.stderr).toMatch(message)
    expect(result.stderr).not.toContain('internal error')
    expect(existsSync(home)).toBe(false)
  })
})

describe('reviews that come before their contacts', () => {
  it('wait, come in with the load that brings the contacts, counted apart, and wait no more', async () => {
    const home = temporaryFolder()
    const reviews =
      'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,outcome\ndesk,q1,c1,r1,human,random,2026-01-08T09:00:00Z,pass\ndesk,q2,never,r1,human,random,2026-01-08T09:00:00Z,pass\n'
    const [file = ''] = temporaryFiles({ 'qa_reviews.csv': reviews })
    const json = async (...args: string[]) => {
      const result = await runCli(...args, '--home', home, '--json')
      expect(result).toMatchObject({ exitCode: 0 })
      return JSON.parse(result.stdout)
    }
    const first = await json('load', 'canonical', file, '--max-reject-percent', '100')
    expect(first.entities.qa_reviews).toMatchObject({ read: 2, loaded: 0, quarantinedByRule: { orphan: 2 } })
    const early = await json('quarantine', 'retry')
    expect(early.entities.qa_reviews).toMatchObject({ read: 0, retried: 2, recovered: 0 })
    const second = await json('load', 'canonical', fixture)
    expect(second.entities.qa_reviews).toMatchObject({ read: 0, loaded: 0, retried: 2, recovered: 1 })
    const { rows } = await json('quarantine', 'list')
    expect(rows.map(({ state }: { state: string }) => state).sort()).toEqual(['recovered', 'waiting'])
    const late = await json('quarantine', 'retry')
    expect(late.entities.qa_reviews).toMatchObject({ read: 0, retried: 1, recovered: 0 })
  })
})

describe('a filter or a customer that fits nothing', () => {
  it('is told as such, and not as if nothing were refused or somebody erased', async () => {
    const home = temporaryFolder()
    await runCli('load', 'canonical', fixture, '--home', home)
    const list = await runCli('quarantine', 'list', '--load', 'nope', '--rule', 'orphan', '--home', home)
    expect(list).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^No refused row fits --load nope --rule orphan\. /),
    })
    const erased = await runCli('erase', 'nobody', '--home', home)
    expect(erased).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Nothing of this customer was found\. /),
    })
    expect(erased.stdout).toContain('Commitment in the audit trail: ')
  })
})

describe('a reader of standard output that has seen enough', () => {
  it('ends raw values and lists without an error', async () => {
    const home = temporaryFolder()
    const rows = Array.from({ length: 3000 }, (_, index) => `desk,c${index},x,pigeon,2026-01-05T09:00:00Z,ai\n`)
    const [file = ''] = temporaryFiles({
      'interactions.csv': `source,interaction_id,interaction_type,channel,started_at,handled_by\n${rows.join('')}`,
    })
    const load = await runCli('load', 'canonical', file, '--max-reject-percent', '100', '--home', home, '--json')
    const { loadId } = JSON.parse(load.stdout)
    const cli = join(import.meta.dirname, '..', '..', 'app', 'cli', 'oversight.ts')
    for (const words of [`values ${loadId}`, 'list --limit 3000', 'export']) {
      const line = `set -o pipefail; "$NODE" "$CLI" quarantine ${words} --home "$HOME_" | head -c 10`
      const env = { ...process.env, NODE: process.execPath, CLI: cli, HOME_: home }
      const { status, stderr } = spawnSync('bash', ['-c', line], { env, encoding: 'utf8' })
      expect({ words, status, stderr }).toEqual({ words, status: 0, stderr: '' })
    }
  })
})
