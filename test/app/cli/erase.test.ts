import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pseudonymOf } from '#etl/pseudonym.ts'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli, runCliIn } from '#test/build/run-cli.ts'

const columns = 'source,interaction_id,interaction_type,channel,started_at,handled_by,customer_id'
const contact = (id: string, customer: string, channel = 'chat') =>
  `desk,${id},x,${channel},2026-01-05T09:00:00Z,ai,${customer}\n`

/** A folder of sources with one whose customers are e-mail addresses. */
function personalSource(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'crm'))
  writeFileSync(
    join(folder, 'crm', 'source.json'),
    JSON.stringify({
      name: 'crm',
      description: 'Contacts with e-mail addresses as customers.',
      files: [{ match: ['*.csv'], relation: 'contact', required: columns.split(',') }],
    }),
  )
  writeFileSync(join(folder, 'crm', 'interactions.sql'), `SELECT source_file, source_row, ${columns} FROM contact`)
  return folder
}

/** Every byte of the home but the keys, which hold no customer. */
function bytesOf(home: string): string {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

describe('the key that customers are hashed with', () => {
  it('stays the one that the home was loaded with: another, or none, is refused before anything is read', async () => {
    const home = temporaryFolder()
    const sources = personalSource()
    const [file = ''] = temporaryFiles({ 'first.csv': `${columns}\n${contact('ann-1', 'ann.leaves@example.org')}` })
    const load = (environment: Record<string, string> = {}) =>
      runCliIn(environment, 'load', 'crm', file, '--sources', sources, '--home', home)
    const key = { OVERSIGHT_PSEUDONYM_KEY: 'a sentence that nobody guesses' }
    expect(await load(key)).toMatchObject({ exitCode: 0 })
    const refused = { exitCode: 1, stderr: expect.stringContaining('hashed with another key') }
    expect(await load({ OVERSIGHT_PSEUDONYM_KEY: 'another sentence of that kind' })).toMatchObject(refused)
    expect(await load()).toMatchObject(refused)
    expect(await runCli('erase', 'ann.leaves@example.org', '--home', home)).toMatchObject(refused)
    expect(existsSync(join(home, 'keys', 'pseudonym.key'))).toBe(false)
    expect(await load(key)).toMatchObject({ exitCode: 0 })
  }, 60_000)

  it('is not the one of an erasure that found nobody in a home whose key nobody noted', async () => {
    const home = temporaryFolder()
    const sources = personalSource()
    const [file = ''] = temporaryFiles({ 'first.csv': `${columns}\n${contact('ann-1', 'ann.leaves@example.org')}` })
    const key = { OVERSIGHT_PSEUDONYM_KEY: 'a sentence that nobody guesses' }
    const load = () => runCliIn(key, 'load', 'crm', file, '--sources', sources, '--home', home)
    expect(await load()).toMatchObject({ exitCode: 0 })
    rmSync(join(home, 'warehouse', 'pseudonym-key-check.txt'))
    const found = await runCli('erase', 'ann.leaves@example.org', '--home', home)
    expect(found).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing of this customer was found') })
    expect(await load()).toMatchObject({ exitCode: 0 })
  }, 60_000)
})

describe('oversight erase', () => {
  it('leaves the contact of somebody else alone that a refused row gave to them', async () => {
    const home = temporaryFolder()
    const [ann, ben] = ['ann.leaves@example.org', 'ben.stays@example.org']
    const [first = '', second = ''] = temporaryFiles({
      'first.csv': `${columns}\n${contact('shared', ann, 'pigeon')}${contact('ben-1', ben)}`,
      'second.csv': `${columns}\n${contact('shared', ben)}`,
    })
    const sources = personalSource()
    for (const file of [first, second]) {
      const load = ['load', 'crm', file, '--sources', sources, '--max-reject-percent', '50', '--home', home]
      expect(await runCli(...load)).toMatchObject({ exitCode: 0 })
    }
    const erased = JSON.parse((await runCli('erase', ann, '--home', home, '--json')).stdout)
    expect(erased).toMatchObject({ snapshotCount: 0, contactCount: 0, rejectCount: 1 })
    expect(bytesOf(home)).not.toContain(ann)
    const rows = await runCli('export', 'interactions', '--format', 'csv', '--home', home)
    expect(rows.stdout).toContain('shared')
  }, 60_000)

  it('leaves neither address, hash nor contact in any file of the home, and they stay away', async () => {
    const home = temporaryFolder()
    const sources = personalSource()
    const [ann, ben] = ['ann.leaves@example.org', 'ben.stays@example.org']
    const rows = `${columns}\n${contact('ann-1', ann)}${contact('ben-1', ben)}${contact('ann-2', ann, 'pigeon')}`
    const [first = '', second = ''] = temporaryFiles({
      'first.csv': rows,
      'second.csv': `${columns}\n${contact('ben-2', ben)}`,
    })
    const load = (file: string) =>
      runCli('load', 'crm', file, '--sources', sources, '--max-reject-percent', '50', '--home', home, '--json')
    expect(await load(first)).toMatchObject({ exitCode: 0 })
    expect(await load(second)).toMatchObject({ exitCode: 0 })
    // It waits for a contact that was refused itself.
    const surveys = temporaryFiles({
      'csat_responses.csv':
        'source,response_id,interaction_id,offered_at,scale\ndesk,ann-survey,ann-2,2026-01-05T10:00:00Z,binary\n',
    })
    expect(await runCli('load', 'canonical', ...surveys, '--max-reject-percent', '100', '--home', home)).toMatchObject({
      exitCode: 0,
    })
    const key = Buffer.from(readFileSync(join(home, 'keys', 'pseudonym.key'), 'utf8').trim(), 'hex')
    const hash = pseudonymOf(ann, key)
    const traces = [ann, hash, 'ann-1', 'ann-2', 'ann-survey']
    for (const trace of traces) expect(bytesOf(home)).toContain(trace)

    const erased = await runCli('erase', ann, '--home', home, '--json')
    expect(erased).toMatchObject({ exitCode: 0 })
    expect(JSON.parse(erased.stdout)).toMatchObject({ snapshotCount: 3, contactCount: 1, rejectCount: 2 })
    for (const trace of traces) expect(bytesOf(home)).not.toContain(trace)

    const again = JSON.parse((await load(first)).stdout)
    expect(again.entities.interactions).toMatchObject({
      read: 3,
      unchanged: 1,
      quarantined: 2,
      quarantinedByRule: { erased_customer: 2 },
    })
    for (const trace of traces) expect(bytesOf(home)).not.toContain(trace)
    expect(bytesOf(home)).toContain(pseudonymOf(ben, key))
    expect(await runCli('audit', 'verify', '--home', home)).toMatchObject({ exitCode: 0 })
  }, 60_000)
})
