import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticate } from '#governance/accounts/authenticate.ts'
import { createApiToken } from '#governance/accounts/create-api-token.ts'
import { revokeApiToken } from '#governance/accounts/revoke-api-token.ts'
import { recordTraining } from '#governance/accounts/training.ts'
import { governedTables, keyOf } from '#governance/audit/governed-tables.ts'
import { MemoryTree } from '#governance/audit/memory-tree.ts'
import { leafHash } from '#governance/audit/merkle-tree.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { type Finding, verifyTrail } from '#governance/audit/verify-trail.ts'
import { approvePolicy } from '#governance/policy/approve-policy.ts'
import { draftPolicy } from '#governance/policy/draft-policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { withdrawPolicy } from '#governance/policy/withdraw-policy.ts'
import { recordTypeFacts } from '#governance/registry/record-type-facts.ts'
import { approveStop } from '#governance/review/approve-stop.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { closeReview } from '#governance/review/close-review.ts'
import { propose } from '#governance/review/propose.ts'
import { recordTypeOpened } from '#governance/review/record-opening.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { withdrawProposal } from '#governance/review/withdraw-proposal.ts'
import {
  addPeople,
  addType,
  type BuiltLedger,
  buildLedger,
  evidenceHashOf,
  freeze,
  month,
  openSeptember,
  type People,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'
import { ledgerStore } from '#test/build/ledger-store.ts'

/** A whole month with every kind of event and governed row in it, signed to its end. */
async function buildFullLedger(): Promise<BuiltLedger> {
  const at = await buildLedger()
  const people = await addPeople(at)
  await addType(at, people, 'order_status', 'human_in_the_loop')
  await addType(at, people, 'refund_request', 'human_on_the_loop')
  await openSeptember(at, { order_status: 'expand', refund_request: 'keep' })
  const withdrawn = await proposed(at, people, 'order_status', 'reduce')
  await withdrawProposal(at.ledger, { proposalId: withdrawn, reason: 'too early', by: people.rena.id }, at.clock())
  await freeze(at, { order_status: 'expand', refund_request: 'keep' }, { errors: 8 })
  const expand = await proposed(at, people, 'order_status', 'expand')
  await voted(at, people.anna.id, 'order_status', expand)
  await voted(at, people.boris.id, 'order_status', expand)
  await voted(at, people.chiara.id, 'refund_request', await proposed(at, people, 'refund_request', 'keep'))
  at.pass(60)
  const { decision } = await stopType(
    at.ledger,
    { interactionType: 'refund_request', reason: 'wrong amounts', by: people.owner.id, password },
    at.clock(),
  )
  await approveStop(at.ledger, { decisionId: decision.id, reason: '', by: people.anna.id, password }, at.clock())
  await closeReview(at.ledger, { month, by: 'system' }, at.clock())
  await authenticate(at.ledger, { email: 'vera.viewer@example.com', password, allowDemonstration: false }, at.clock())
  const worse = { policy: { ...recommendedPolicy, bakeMonths: 2 }, reason: 'first try', by: people.anna.id }
  const { draftId } = await draftPolicy(at.ledger, worse, at.clock())
  await withdrawPolicy(at.ledger, { draftId, reason: 'too long', by: people.anna.id }, at.clock())
  const draft = await draftPolicy(
    at.ledger,
    { policy: recommendedPolicy, reason: 'better', by: people.anna.id },
    at.clock(),
  )
  const sign = { ...draft, reportingTimeZone: 'UTC', by: people.boris.id, password }
  await approvePolicy(at.ledger, sign, at.clock())
  await recordTraining(at.ledger, { userId: people.anna.id, trainedUntil: '2030-01-31', by: 'system' }, at.clock())
  const { token } = await createApiToken(
    at.ledger,
    { name: 'platform', scopes: ['autonomy:read'], validDays: 30, holderId: null, by: 'system' },
    at.clock(),
  )
  await revokeApiToken(at.ledger, { tokenId: token.id, by: 'system' }, at.clock())
  await recordTypeFacts(
    at.ledger,
    {
      interactionType: 'order_status',
      riskClass: 'limited',
      riskClassReason: 'ordinary support',
      hasLegalEffect: false,
      knowledgeSources: 'help centre',
      moneyLimit: '100 EUR',
      by: people.anna.id,
    },
    at.clock(),
  )
  await signCheckpoint(at.ledger)
  return at
}

async function proposed(at: TestLedger, people: People, interactionType: string, action: 'expand' | 'keep' | 'reduce') {
  const tripWires = action === 'expand' ? [{ metric: 'critical_defects' as const, threshold: 0 }] : []
  const input = { month, interactionType, action, reason: 'because', by: people.rena.id, tripWires }
  return (await propose(at.ledger, input, at.clock())).proposalId
}

async function voted(at: TestLedger, by: string, type: string, proposalId: string) {
  await recordTypeOpened(at.ledger, { month, interactionType: type, by }, at.clock())
  const evidenceHash = await evidenceHashOf(at, type)
  await castVote(at.ledger, { proposalId, vote: 'approve', reason: '', evidenceHash, by, password }, at.clock())
}

/** Somebody with the file in hand: no triggers, no checks. */
function breakIn(at: TestLedger): Database.Database {
  const raw = new Database(at.ledger.location)
  raw.pragma('foreign_keys = OFF')
  raw.pragma('ignore_check_constraints = ON')
  return raw
}

function dropTriggers(raw: Database.Database): string[] {
  const triggers = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`)
  return triggers.map(({ sql }) => sql)
}

async function findings(at: TestLedger): Promise<Finding[]> {
  const report = await verifyTrail(at.ledger)
  return report.ok ? [] : report.findings.filter((finding) => finding.where !== 'schema')
}

type Row = Record<string, string | number | null>

/** The value with one byte changed; null, which has none, becomes something. */
function flipped(value: string | number | null, at = 0.5, bit = 1): string | number {
  if (value === null) return '2020-01-01T00:00:00.000Z'
  if (typeof value === 'number') return value + 7
  const bytes = Buffer.from(value)
  const place = Math.min(Math.floor(bytes.length * at), bytes.length - 1)
  if (place < 0) return 'x'
  // Stay in ASCII, so that the text is still text.
  bytes[place] = (bytes[place] ?? 0) < 0x80 ? (bytes[place] ?? 0) ^ bit : 0x61
  return bytes.toString('latin1')
}

/** How a finding names the row. */
function nameOf(table: string, row: Row): string {
  if (table === 'audit_events') return `seq ${row.seq}`
  if (table === 'audit_nodes') return `${row.height}/${row.position}`
  return table === 'checkpoints' ? `${row.tree_size}` : keyOf(table as 'users', row)
}

const tables = {
  ...governedTables,
  audit_events: ['seq'],
  audit_nodes: ['height', 'position'],
  checkpoints: ['tree_size'],
}

describe('a whole ledger, on either store', () => {
  let at: BuiltLedger
  beforeAll(async () => {
    at = await buildFullLedger()
  }, 60_000)
  afterAll(() => at.remove())

  it('verifies, signed to its end', async () => {
    const report = await verifyTrail(at.ledger)
    expect(report).toMatchObject({ ok: true, size: report.size, signedSize: report.size })
  })

  it('tells of one changed byte in any column of a row of each table, and where', async () => {
    const raw = await at.place.intrude()
    await raw.overpower()
    // The schema is looked at elsewhere; here it would be built anew for every byte.
    const rowsOnly: TestLedger = { ...at, ledger: { ...at.ledger, schemaChanges: async () => [] } }
    for (const [table, keys] of Object.entries(tables)) {
      const row = await raw.one(`SELECT * FROM ${table} ORDER BY ${keys.join(', ')} LIMIT 1`)
      const place = keys.map((key) => `${key} = ?`).join(' AND ')
      const set = (column: string, value: string | number | null) =>
        raw.run(`UPDATE ${table} SET ${column} = ? WHERE ${place}`, value, ...keys.map((key) => row[key]))
      for (const column of Object.keys(row).filter((name) => !(keys as readonly string[]).includes(name))) {
        const value = row[column] ?? null
        expect(await set(column, flipped(value)), `${table} ${column}`).toBe(1)
        const named = (await findings(rowsOnly)).map((finding) => finding.where)
        await set(column, value)
        expect(named, `${table} ${column}`).toContain(`${table} ${nameOf(table, row)}`)
      }
    }
    expect(await findings(rowsOnly)).toEqual([])
    await raw.close()
  }, 240_000)
})

describe.runIf(ledgerStore === 'sqlite')('a whole ledger in a file', () => {
  let at: TestLedger
  let raw: Database.Database
  beforeAll(async () => {
    at = await buildFullLedger()
    raw = breakIn(at)
  }, 60_000)
  afterAll(async () => {
    raw.close()
    await at.remove()
  })

  it('verifies, signed to its end', async () => {
    const report = await verifyTrail(at.ledger)
    expect(report).toMatchObject({ ok: true, size: report.size, signedSize: report.size })
    const actions = await at.ledger.db.selectFrom('audit_events').select('action').distinct().execute()
    expect(actions.length).toBeGreaterThanOrEqual(15)
  })

  it('rebuilds the level in force of every type from the events, as the ledger holds it', async () => {
    const { levels } = await verifyTrail(at.ledger)
    expect(levels).toMatchObject([
      { interactionType: 'order_status', replayed: { level: 'human_on_the_loop' }, agrees: true },
      { interactionType: 'refund_request', replayed: { level: 'human_in_the_loop' }, agrees: true },
    ])
    for (const { replayed, stored } of levels) expect(stored).toEqual(replayed)
  })

  it('holds rows in every governed table', () => {
    for (const table of Object.keys(governedTables)) {
      expect(raw.prepare(`SELECT count(*) AS n FROM ${table}`).get(), table).not.toEqual({ n: 0 })
    }
  })

  it('reports guards that were taken away, though nothing else changed', async () => {
    const copies = dropTriggers(raw)
    const report = await verifyTrail(at.ledger)
    expect(report.ok ? [] : report.findings).toContainEqual({
      where: 'schema',
      what: 'trigger audit_events_no_update is missing',
    })
    for (const sql of copies) raw.exec(sql)
    expect((await verifyTrail(at.ledger)).ok).toBe(true)
    for (const sql of copies)
      if (sql.includes('audit_events_no_update')) raw.exec('DROP TRIGGER audit_events_no_update')
    raw.exec('CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events WHEN 0 BEGIN SELECT 1; END;')
    expect((await verifyTrail(at.ledger)).ok).toBe(false)
    dropTriggers(raw)
  })

  it.each(Object.entries(tables))(
    'finds and places one changed byte in any column of any row of %s',
    async (table, keys) => {
      const rows = raw.prepare(`SELECT rowid AS rowid, * FROM ${table}`).all() as (Row & { rowid: number })[]
      expect(rows.length).toBeGreaterThan(0)
      for (const { rowid, ...row } of rows) {
        for (const column of Object.keys(row)) {
          const isKey = (keys as readonly string[]).includes(column)
          const value = row[column] ?? null
          // Flipping the bit of the case finds what would read hexadecimal digits in either.
          const bits = typeof value === 'string' && /[a-f]/.test(value) && !isKey ? [1, 0x20] : [1]
          for (const bit of bits) {
            const at20 = typeof value === 'string' ? value.search(/[a-f]/) / value.length : 0.5
            const changed =
              isKey && typeof value === 'number' ? value + 100_000 : flipped(value, bit === 1 ? 0.5 : at20, bit)
            const movesRow = isKey && keys.length === 1 && typeof value === 'number'
            raw.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(changed, rowid)
            const named = (await findings(at)).map((finding) => finding.where)
            raw.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(value, movesRow ? changed : rowid)
            const place = `${table} ${rowid} ${column} bit ${bit}: ${named}`
            if (isKey)
              expect(
                named.some((name) => name.startsWith(table)),
                place,
              ).toBe(true)
            else expect(named, place).toContain(`${table} ${nameOf(table, row)}`)
          }
        }
      }
      expect(await findings(at)).toEqual([])
    },
    120_000,
  )

  const tampering = (name: string, work: () => void, expected: RegExp) =>
    it(name, async () => {
      raw.exec('SAVEPOINT tampering')
      const keys = join(at.directory, 'keys')
      const saved = readdirSync(keys).map((file) => {
        const path = join(keys, file)
        return { path, text: readFileSync(path), mode: statSync(path).mode }
      })
      const backup = join(at.directory, 'before.sqlite')
      await raw.backup(backup)
      raw.exec('RELEASE tampering')
      try {
        work()
        const found = await findings(at)
        expect(found.map(({ where, what }) => `${where}: ${what}`).join('\n')).toMatch(expected)
      } finally {
        restore(raw, backup)
        for (const { path, text, mode } of saved) {
          rmSync(path, { force: true })
          writeFileSync(path, text, { mode })
        }
      }
      expect(await findings(at)).toEqual([])
    })

  const last = () => (raw.prepare('SELECT max(seq) AS seq FROM audit_events').get() as { seq: number }).seq
  const rebuildTree = () => {
    const tree = new MemoryTree()
    const leaves = raw.prepare('SELECT seq, leaf FROM audit_events ORDER BY seq').all() as {
      seq: number
      leaf: string
    }[]
    for (const { seq, leaf } of leaves) {
      const hash = leafHash(leaf)
      tree.append(hash)
      raw.prepare('UPDATE audit_events SET leaf_sha256 = ? WHERE seq = ?').run(hash.toString('hex'), seq)
    }
    raw.exec('DELETE FROM audit_nodes')
    const insert = raw.prepare('INSERT INTO audit_nodes (height, position, sha256) VALUES (?, ?, ?)')
    tree.nodes().forEach(({ height, position, hash }) => {
      insert.run(height, position, Buffer.from(hash).toString('hex'))
    })
  }

  tampering(
    'finds an event removed from the middle',
    () => raw.exec('DELETE FROM audit_events WHERE seq = 10'),
    /audit_events seq 11: event 10 should stand here/,
  )
  tampering(
    'finds the end cut off, through the checkpoint',
    () => {
      raw.exec(`DELETE FROM audit_events WHERE seq = ${last()}`)
      rebuildTree()
    },
    /checkpoints \d+: \d+ events were signed but only \d+ are left: events \d+ to \d+ were cut off/,
  )
  tampering(
    'finds the end cut off when the checkpoints were cut with it, through the memory beside the key',
    () => {
      raw.exec(`DELETE FROM checkpoints; DELETE FROM audit_events WHERE seq = ${last()}`)
      rebuildTree()
    },
    /keys checkpoint.last: \d+ events were signed but only/,
  )
  tampering(
    'finds an event rewritten with every hash recomputed, through the checkpoint',
    () => {
      raw.exec(`UPDATE audit_events SET actor_name = 'Nobody', leaf = replace(leaf, '"name":"Anna"', '"name":"Nobody"')
        WHERE actor_name = 'Anna'`)
      rebuildTree()
    },
    /the first \d+ events are not the ones that were signed/,
  )
  tampering(
    'finds two events that changed places with every hash recomputed',
    () => {
      raw.exec(`UPDATE audit_events SET seq = -1 WHERE seq = 5; UPDATE audit_events SET seq = 5 WHERE seq = 6;
        UPDATE audit_events SET seq = 6 WHERE seq = -1`)
      rebuildTree()
    },
    /audit_events seq 5: seq contradicts the leaf/,
  )
  tampering(
    'finds a governed row that no event wrote, and one that is gone',
    () => {
      raw.exec(`INSERT INTO users SELECT 'id-ghost', 'ghost@example.com', 'Ghost', roles, password_hash, 0, 0, created_at
        FROM users WHERE name = 'Anna'; DELETE FROM users WHERE name = 'Vera Viewer'`)
    },
    /users id-ghost: no event of the trail wrote this row[\s\S]*users \S+: the row that event \d+ wrote is gone/,
  )
  tampering(
    'finds a level that the events do not give',
    () => raw.exec("UPDATE level_intervals SET oversight_level = 'human_as_the_loop' WHERE effective_to IS NULL"),
    /level_intervals of order_status: the trail says human_on_the_loop .* the ledger human_as_the_loop/,
  )
  tampering(
    'finds keys of another ledger',
    () => {
      const file = join(at.directory, 'keys', 'checkpoint.vkey')
      rmSync(file)
      writeFileSync(file, 'audit.example.com/log1+1a0c8b21+AU3AF1Nn5ajbbQirUOnBjyixJbQhgZ9dG8CMzoxY6wgf\n')
    },
    /is not signed by audit.example.com/,
  )

  it('never signs backwards', async () => {
    const backup = join(at.directory, 'before.sqlite')
    await raw.backup(backup)
    raw.exec(`DELETE FROM audit_events WHERE seq = ${last()}`)
    await expect(signCheckpoint(at.ledger)).rejects.toThrow(/its end was cut off/)
    restore(raw, backup)
    raw.exec(`DELETE FROM checkpoints`)
    const memory = join(at.directory, 'keys', 'checkpoint.last')
    const note = readFileSync(memory)
    restore(raw, backup)
    rmSync(memory)
    await expect(signCheckpoint(at.ledger)).rejects.toThrow(/no memory of them/)
    writeFileSync(memory, note)
    expect((await signCheckpoint(at.ledger)).note).toBe(note.toString())
  })
})

/** Puts every row back as it was in the copy. */
function restore(raw: Database.Database, backup: string): void {
  raw.prepare('ATTACH ? AS before').run(backup)
  const tables = raw.prepare("SELECT name FROM before.sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  for (const { name } of tables)
    raw.exec(`DELETE FROM main.${name}; INSERT INTO main.${name} SELECT * FROM before.${name}`)
  raw.exec('DETACH before')
}
