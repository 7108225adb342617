import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHelpdesk, helpdeskSources } from '#test/build/helpdesk-database.ts'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { type PostgresServer, startPostgres } from '#test/build/postgres.ts'
import { runCli } from '#test/build/run-cli.ts'

const password = 'reader-s3cret'
const variable = 'HELPDESK_DATABASE_URL'
const sources = ['--sources', helpdeskSources]
const source = join(helpdeskSources, 'postgres-helpdesk')

let server: PostgresServer
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oversight-hba-'))
  // The server runs as another user, who must be able to read it.
  chmodSync(folder, 0o755)
  const rules = join(folder, 'pg_hba.conf')
  writeFileSync(rules, 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n', {
    mode: 0o644,
  })
  server = await startPostgres({ hba_file: rules, fsync: 'off' })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})
afterEach(() => {
  for (const name of [variable, 'OTHER_URL', 'PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGPASSWORD']) {
    delete process.env[name]
  }
})

function asReader(url: string, secret = password): string {
  return url.replace('postgres@', `oversight_reader:${secret}@`)
}

/** Every file of a folder in one text. */
function contentOf(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

describe('oversight load from PostgreSQL', () => {
  it('needs no files, tells what was read up to which watermark, and keeps the connection string nowhere', async () => {
    const helpdesk = await createHelpdesk(server, 30)
    const home = temporaryFolder()
    process.env[variable] = asReader(helpdesk.url)
    const first = await runCli('load', 'postgres-helpdesk', ...sources, '--home', home)
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`reading ${helpdesk.origin}#tickets\n`),
    })
    expect(first.stdout).toMatch(/^Loaded 2 relations of source postgres-helpdesk/)
    expect(first.stdout).toContain(`${helpdesk.origin}#tickets: 30 rows read (all); watermark 2026-07-01 00:40:00+00.`)
    expect(first.stdout).toContain(`${helpdesk.origin}#ratings: 0 rows read.`)
    await helpdesk.run("UPDATE helpdesk.tickets SET updated_at = '2026-07-02Z' WHERE id = 7")
    const second = await runCli('load', 'postgres-helpdesk', ...sources, '--home', home)
    expect(second.stdout).toContain(
      `#tickets: 30 rows read (updated_at from 2026-06-30 23:40:00+00); watermark 2026-07-02 00:00:00+00.`,
    )
    const runs = await runCli('runs', '--home', home, '--json')
    expect(JSON.parse(runs.stdout)[0].files).toEqual([`${helpdesk.origin}#tickets`, `${helpdesk.origin}#ratings`])
    const told = [first, second, runs].flatMap(({ stdout, stderr }) => [stdout, stderr])
    expect([...told, contentOf(home)].join('\n')).not.toContain(password)
  })

  it('says what the server refuses, names it in the log of runs, and shows no secret', async () => {
    const helpdesk = await createHelpdesk(server, 3)
    const home = temporaryFolder()
    const args = ['load', 'postgres-helpdesk', ...sources, '--home', home, '--postgres-url-env', 'OTHER_URL']
    process.env.OTHER_URL = asReader(helpdesk.url)
    const full = await runCli(...args, '--full', '--json')
    expect(JSON.parse(full.stdout)).toMatchObject({ relations: [{ rowCount: 3 }, { rowCount: 0 }] })
    process.env.OTHER_URL = asReader(helpdesk.url, 'wr0ng-one')
    expect(await runCli(...args)).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining(
        'PostgreSQL refuses the sign-in (28P01): password authentication failed for user "oversight_reader". Check user and password in OTHER_URL',
      ),
    })
    const failed = await runCli('runs', '--home', home, '--failed', '--json')
    expect(JSON.parse(failed.stdout)[0].files).toEqual([`${helpdesk.origin}#tickets`, `${helpdesk.origin}#ratings`])
    expect(`${failed.stdout}${contentOf(home)}`).not.toMatch(/wr0ng-one|s3cret/)
  })

  it('takes the connection from the environment only: a variable by name, or PGHOST and so on', async () => {
    const helpdesk = await createHelpdesk(server, 2)
    const args = ['load', 'postgres-helpdesk', ...sources, '--home', temporaryFolder()]
    expect(await runCli(...args)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`The environment variable ${variable} is not set`),
    })
    const asArgument = await runCli(...args, '--postgres-url-env', asReader(helpdesk.url))
    expect(asArgument).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('That is no name') })
    expect(asArgument.stderr).not.toContain(password)

    const options = JSON.parse(readFileSync(join(source, 'source.json'), 'utf8'))
    const [tickets] = options.postgres.relations
    const [mapping = ''] = temporaryFiles({
      'interactions.sql': readFileSync(join(source, 'interactions.sql'), 'utf8'),
    })
    writeFileSync(
      join(mapping, '..', 'source.json'),
      JSON.stringify({ ...options, postgres: { relations: [tickets] } }),
    )
    const checked = () => runCli('source', 'check', join(mapping, '..'))
    expect(await checked()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('nothing says where it is') })
    const { port, pathname } = new URL(helpdesk.url)
    Object.assign(process.env, {
      PGHOST: '127.0.0.1',
      PGPORT: port,
      PGDATABASE: pathname.slice(1),
      PGUSER: 'oversight_reader',
      PGPASSWORD: password,
    })
    expect(await checked()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('interactions: 2 rows') })
  })

  it('is tried by source check, loads nothing, and takes no files', async () => {
    const helpdesk = await createHelpdesk(server, 4)
    process.env[variable] = asReader(helpdesk.url)
    const checked = await runCli('source', 'check', source, '--rows', '1')
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' })
    expect(checked.stdout).toContain('interactions: 4 rows, 0 would be refused')
    expect(checked.stdout).toMatch(/customer_id +100 %/)
    const [file = ''] = temporaryFiles({ 'tickets.csv': 'id\n1\n' })
    for (const args of [
      ['source', 'check', source, file],
      ['load', 'postgres-helpdesk', file, ...sources, '--home', temporaryFolder()],
    ]) {
      expect(await runCli(...args)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('name no files') })
    }
  })

  it('may stand beside files in one source', async () => {
    const helpdesk = await createHelpdesk(server, 3)
    process.env[variable] = asReader(helpdesk.url)
    const options = JSON.parse(readFileSync(join(source, 'source.json'), 'utf8'))
    const files = [
      {
        match: ['ratings*.csv'],
        relation: 'ratings',
        required: ['id', 'ticket_id', 'asked_at', 'answered_at', 'stars'],
      },
    ]
    const [mapping = ''] = temporaryFiles({
      'interactions.sql': readFileSync(join(source, 'interactions.sql'), 'utf8'),
      'csat_responses.sql': readFileSync(join(source, 'csat_responses.sql'), 'utf8'),
      'source.json': JSON.stringify({
        ...options,
        files,
        postgres: { ...options.postgres, relations: [options.postgres.relations[0]] },
      }),
    })
    const [ratings = ''] = temporaryFiles({
      'ratings.csv': 'id,ticket_id,asked_at,answered_at,stars\n1,2,2026-07-02T00:00:00Z,,\n',
    })
    const checked = await runCli('source', 'check', join(mapping, '..'), ratings)
    expect(checked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('csat_responses: 1 row,') })
    expect(checked.stdout).toContain('interactions: 3 rows')
  })
})
