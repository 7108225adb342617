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
import { addUser, buildLedger, type TestLedger } from '#test/build/ledger.ts'

let at: TestLedger
beforeEach(async () => {
  at = await buildLedger()
})
afterEach(() => at.remove())

describe('opening a ledger', () => {
  it('publishes policy version 1 once, by the system, for every month', async () => {
    expect(await getCurrentPolicy(at.ledger.db)).toEqual(defaultPolicy)
    expect((await getPolicyOfMonth(at.ledger.db, '2024-02')).policy.version).toBe(1)
    const again = await openLedger(at.ledger.file)
    expect(await again.db.selectFrom('policies').select(['policy_version', 'published_by']).execute()).toEqual([
      { policy_version: 1, published_by: 'system' },
    ])
    await again.close()
  })

  it('writes through to the disk and checks references and triggers', async () => {
    const raw = new Database(at.ledger.file)
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    raw.close()
    expect(statSync(at.ledger.file).mode & 0o777).toBe(0o600)
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
    const raw = new Database(at.ledger.file)
    raw.prepare("INSERT INTO migrations VALUES ('0099-later', 'x')").run()
    raw.close()
    await expect(openLedger(at.ledger.file)).rejects.toThrow(/another version of Oversight/)
  })

  it('undoes the change when its event cannot be written', async () => {
    const raw = new Database(at.ledger.file)
    raw.exec("CREATE TRIGGER full BEFORE INSERT ON audit_nodes BEGIN SELECT RAISE(ABORT, 'disk full'); END;")
    raw.close()
    await expect(addUser(at, 'Anna', 'viewer')).rejects.toThrow()
    expect(await at.ledger.db.selectFrom('users').selectAll().execute()).toEqual([])
  })

  it('appends from four processes at once without a gap', async () => {
    await Promise.all([1, 2, 3, 4].map((writer) => run(at.ledger.file, writer)))
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
