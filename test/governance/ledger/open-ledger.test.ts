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
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { getCurrentPolicy, getPolicyOfMonth } from '#governance/review/published-policy.ts'
import { stopType } from '#governance/review/stop-type.ts'
import {
  addPeople,
  addType,
  addUser,
  buildLedger,
  openSeptember,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'

let at: TestLedger
beforeEach(async () => {
  at = await buildLedger()
})
afterEach(() => at.remove())

describe('opening a ledger', () => {
  it('publishes policy version 1 once, by the system, for every month', async () => {
    expect(await getCurrentPolicy(at.ledger.db)).toEqual(defaultPolicy)
    expect((await getPolicyOfMonth(at.ledger.db, '2024-02')).policy.version).toBe(1)
    const again = await openLedger(at.ledger.location)
    expect(await again.db.selectFrom('policies').select(['policy_version', 'published_by']).execute()).toEqual([
      { policy_version: 1, published_by: 'system' },
    ])
    await again.close()
  })

  it('writes through to the disk and checks references and triggers', async () => {
    const raw = new Database(at.ledger.location)
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    raw.close()
    expect(statSync(at.ledger.location).mode & 0o777).toBe(0o600)
    await expect(
      change(at.ledger, (db) =>
        db
          .insertInto('proposal_withdrawals')
          .values({ proposal_id: 'none', reason: 'r', withdrawn_by: 'none', withdrawn_at: '2026-10-12T09:00:00.000Z' })
          .execute(),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
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

  it('refuses a ledger made by another version', async () => {
    const raw = new Database(at.ledger.location)
    raw.prepare("INSERT INTO migrations VALUES ('0099-later', 'x')").run()
    raw.close()
    await expect(openLedger(at.ledger.location)).rejects.toThrow(/another version of Oversight/)
  })

  it('undoes the change when its event cannot be written', async () => {
    const raw = new Database(at.ledger.location)
    raw.exec("CREATE TRIGGER full BEFORE INSERT ON audit_nodes BEGIN SELECT RAISE(ABORT, 'disk full'); END;")
    raw.close()
    await expect(addUser(at, 'Anna', 'viewer')).rejects.toThrow()
    expect(await at.ledger.db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('appends from four processes at once without a gap', async () => {
    await Promise.all([1, 2, 3, 4].map((writer) => run(at.ledger.location, writer)))
    const report = await verifyTrail(at.ledger)
    expect(report).toMatchObject({ ok: true, size: 2 + 4 * 25 })
  }, 60_000)
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
    ])
  })
})

/** A process of its own that records 25 sign-ins. */
function run(file: string, writer: number): Promise<void> {
  const script = `
    import { openLedger } from '#governance/ledger/open-ledger.ts'
    import { change } from '#governance/ledger/change.ts'
    import { recordEvent } from '#governance/audit/record-event.ts'
    import { systemClock } from '#governance/ledger/clock.ts'
    import { systemActor } from '#governance/ledger/system-actor.ts'
    const ledger = await openLedger(${JSON.stringify(file)})
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
