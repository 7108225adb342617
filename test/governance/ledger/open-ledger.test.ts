import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { change } from '#governance/ledger/change.ts'
import { migrations } from '#governance/ledger/migrate.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { postgresSteps } from '#governance/ledger/postgres-steps.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { getCurrentPolicy, getPolicyOfMonth } from '#governance/review/published-policy.ts'
import { stopType } from '#governance/review/stop-type.ts'
import {
  addPeople,
  addType,
  addUser,
  type BuiltLedger,
  buildLedger,
  openSeptember,
  password,
} from '#test/build/ledger.ts'
import { type LedgerPlace, ledgerStore } from '#test/build/ledger-store.ts'

let at: BuiltLedger
beforeEach(async () => {
  at = await buildLedger()
})
afterEach(() => at.remove())

describe('opening a ledger', () => {
  it('publishes policy version 1 once, by the system, for every month', async () => {
    expect(await getCurrentPolicy(at.ledger.db)).toEqual(defaultPolicy)
    expect((await getPolicyOfMonth(at.ledger.db, '2024-02')).policy.version).toBe(1)
    const again = await openLedger(at.place.location, { keysDirectory: at.place.keysDirectory })
    expect(await again.db.selectFrom('policies').select(['policy_version', 'published_by']).execute()).toEqual([
      { policy_version: 1, published_by: 'system' },
    ])
    await again.close()
  })

  it('checks references', async () => {
    await expect(
      change(at.ledger, (db) =>
        db
          .insertInto('proposal_withdrawals')
          .values({ proposal_id: 'none', reason: 'r', withdrawn_by: 'none', withdrawn_at: '2026-10-12T09:00:00.000Z' })
          .execute(),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses a ledger made by another version', async () => {
    const raw = await at.place.intrude()
    await raw.run("INSERT INTO migrations VALUES ('0099-later', 'x')")
    await raw.close()
    await expect(openLedger(at.place.location, { keysDirectory: at.place.keysDirectory })).rejects.toThrow(
      /another version of Oversight/,
    )
  })

  it('undoes the change when its event cannot be written', async () => {
    const raw = await at.place.intrude()
    if (ledgerStore === 'sqlite') {
      await raw.run("CREATE TRIGGER full BEFORE INSERT ON audit_nodes BEGIN SELECT RAISE(ABORT, 'disk full'); END;")
    } else await raw.run('ALTER TABLE audit_nodes ADD CHECK (false) NOT VALID')
    await raw.close()
    await expect(addUser(at, 'Anna', 'viewer')).rejects.toThrow()
    expect(await at.ledger.db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('appends from four processes at once without a gap', async () => {
    await Promise.all([1, 2, 3, 4].map((writer) => run(at.place, writer)))
    const report = await verifyTrail(at.ledger)
    expect(report).toMatchObject({ ok: true, size: 2 + 4 * 25 })
  }, 60_000)
})

describe.runIf(ledgerStore === 'sqlite')('a ledger in a file', () => {
  it('is written through to the disk and read by its owner alone', () => {
    const raw = new Database(at.ledger.location)
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    raw.close()
    expect(statSync(at.ledger.location).mode & 0o777).toBe(0o600)
  })

  it('takes over a ledger of the first version, row by row, with its trail', async () => {
    const people = await addPeople(at)
    await addType(at, people, 'order_status', 'human_on_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    await stopType(
      at.ledger,
      { interactionType: 'order_status', reason: 'wrong', by: people.anna.id, password },
      at.clock(),
    )
    const file = join(at.directory, 'first.sqlite')
    const [first] = migrations
    const old = new Database(file)
    old.exec('CREATE TABLE migrations (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;')
    old.exec(first?.sql ?? '')
    old.prepare('INSERT INTO migrations VALUES (?, ?)').run(
      first?.name,
      createHash('sha256')
        .update(first?.sql ?? '')
        .digest('hex'),
    )
    old.prepare('ATTACH ? AS newer').run(at.ledger.location)
    const objects = (type: string) =>
      old.prepare('SELECT name, sql FROM main.sqlite_schema WHERE type = ?').all(type) as {
        name: string
        sql: string
      }[]
    const guards = objects('trigger')
    old.pragma('foreign_keys = OFF')
    for (const { name } of guards) old.exec(`DROP TRIGGER ${name}`)
    for (const { name } of objects('table')) {
      if (name !== 'migrations') old.exec(`INSERT INTO main.${name} SELECT * FROM newer.${name}`)
    }
    for (const { sql } of guards) old.exec(sql)
    old.close()

    const upgraded = await openLedger(file, { keysDirectory: join(at.directory, 'keys') })
    expect(await verifyTrail(upgraded)).toMatchObject({ ok: true })
    expect(await upgraded.db.selectFrom('decisions').select('kind').orderBy('kind').execute()).toEqual([
      { kind: 'baseline' },
      { kind: 'stop' },
    ])
    expect(await upgraded.schemaChanges()).toEqual([])
    await upgraded.close()
  })
})

describe('the migrations', () => {
  it('are frozen: a published one is never edited', () => {
    const hashes = migrations.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')])
    expect(hashes).toEqual([
      ['0001-initial', 'f40787d3ca99048465d612a65f42ab7418cd76c9bd3017071fde5b00537fa0ab'],
      ['0002-newest-evidence', '4d6e9885b34c8cb82375e929b81fb095526248dab69f183c0da64dd20485016e'],
      ['0003-system-decisions', 'a0979c476e9f2ce0d3d16552a1aa5a0a3187251515091a3cbdb4f24e11661ae4'],
      ['0004-policy-drafts', 'b4485d6870360cec7cbe6d8da6f809379537e43883575061c1b810f2b623dee7'],
      ['0005-openings-and-trainings', '5f8a7fa886a8b4a1b4b735cc7df26c0799256048d8a96c2d6485de0de5c2ad19'],
      ['0006-outbox-and-anchors', 'f92009a24b3205c5594d91bf4adc7bb80aa0c1bffb8fac5232ba5f13dfe965d5'],
      ['0007-type-facts', '42f0a82fdc77d66935db89a96c805997b27529ac65ec757cbc841ad7cd665dce'],
      [
        '0008-withdrawn-policies-and-first-passwords',
        'fa1ff44e29545a962407926a2a65d21f4b1db2c5e56a2699d167dd0f3a8e2bde',
      ],
      ['0009-api-tokens', '9e8955d1697df3c9291d78a7a9c7f06ae26d6a11247dc7b99beada5edb37bb15'],
      ['0010-saved-views', '6d5152d93ca453206c8aaa3c50cb027c8332082a2b803a95763e0eb3708f5127'],
    ])
  })

  it('are frozen as PostgreSQL takes them, too', () => {
    expect(postgresSteps().map(({ name, sha256 }) => [name, sha256])).toEqual([
      ['0001-initial', 'c7dcf230644a90801c1dcaa442fc736d7313ac2f29fd06885ba43c233c39c8dc'],
      ['0002-newest-evidence', '28c3c3d3e3cf8eac2189a9d56dcf9a4e21149303c2f56ac2a292beb815162b80'],
      ['0003-system-decisions', '51717787bb35548fa4978e24e601ac30bb47c3003f315b23c9ac2561968b65e7'],
      ['0004-policy-drafts', '48d0168773096e02eed63563c0a335b82220c5c7a07ba928871a710e869c16f3'],
      ['0005-openings-and-trainings', '0bd75ade9565c25496a82c682c2360f332a2b2a75f8510676015d400640e038e'],
      ['0006-outbox-and-anchors', 'dd71e30fdf5538197cb58969d0b58c4d7403364c6228764c8da4403da556b42a'],
      ['0007-type-facts', '9a7e49d5cc12959c79e47118dcbaf8a07ccd72c05f420acba567cc27135e817f'],
      [
        '0008-withdrawn-policies-and-first-passwords',
        'e9a0c3dd3b0de7b1176e993805d3b68235cca895801ba8f2f9d62c078f008a2b',
      ],
      ['0009-api-tokens', 'bb736f9e8b32b4bc9c08b6d7bda900a5ac7ad698cb8a7ba7760ffb2e39f3bc37'],
      ['0010-saved-views', '1fb9e5c7964a101e308183c7cd995b67d156bf15a013c49a4a7815b9f0c9ca5f'],
    ])
  })
})

/** A process of its own that records 25 sign-ins. */
function run({ location, keysDirectory }: LedgerPlace, writer: number): Promise<void> {
  const script = `
    import { openLedger } from '#governance/ledger/open-ledger.ts'
import { postgresSteps } from '#governance/ledger/postgres-steps.ts'
    import { change } from '#governance/ledger/change.ts'
    import { recordEvent } from '#governance/audit/record-event.ts'
    import { systemClock } from '#governance/ledger/clock.ts'
    import { systemActor } from '#governance/ledger/system-actor.ts'
    const ledger = await openLedger(${JSON.stringify(location)}, { keysDirectory: ${JSON.stringify(keysDirectory)} })
    for (let count = 0; count < 25; count += 1) {
      await change(ledger, (db) => recordEvent(db, systemClock(), systemActor,
        { action: 'signed-in', object: { type: 'user', id: '${writer}-' + count }, data: {} }))
    }
    await ledger.close()`
  return new Promise((resolve, reject) => {
    const child = spawn(join(process.cwd(), 'node_modules/.bin/node'), ['--input-type=module', '-e', script], {
      cwd: process.cwd(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(errors))))
  })
}
