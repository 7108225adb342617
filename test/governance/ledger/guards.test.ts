import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { governedTables } from '#governance/audit/governed-tables.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import {
  addPeople,
  addType,
  buildLedger,
  evidenceHashOf,
  month,
  openSeptember,
  type People,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'

type Row = Record<string, string | number | null>

// Everything here goes past the use cases, straight into the database: the last line of defence.
let at: TestLedger
let people: People
let raw: Database.Database
let expandId: string

beforeAll(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, 'order_status', 'human_in_the_loop')
  await addType(at, people, 'refund_request', 'human_in_the_loop', { ceiling: 'human_in_the_loop' })
  await addType(at, people, 'privacy', null)
  await openSeptember(at, { order_status: 'expand', refund_request: 'keep', privacy: 'keep' })
  const by = people.rena.id
  const make = async (interactionType: string, action: 'expand' | 'keep') => {
    const tripWires = [{ metric: 'critical_defects' as const, threshold: 0 }]
    const input = { month, interactionType, action, reason: '', by, tripWires }
    return (await propose(at.ledger, input, at.clock())).proposalId
  }
  expandId = await make('order_status', 'expand')
  const proposalId = await make('refund_request', 'keep')
  const evidenceHash = await evidenceHashOf(at, 'refund_request')
  const sign = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, by: people.anna.id, password }
  await castVote(at.ledger, sign, at.clock())
  at.pass(5)
  await stopType(
    at.ledger,
    { interactionType: 'refund_request', reason: 'wrong amounts', by: people.anna.id, password },
    at.clock(),
  )
  // As a careless program would connect: neither foreign keys nor recursive triggers.
  raw = new Database(at.ledger.location)
})
afterAll(async () => {
  raw.close()
  await at.remove()
})

const one = (table: string, where = '1') => raw.prepare(`SELECT * FROM ${table} WHERE ${where} LIMIT 1`).get() as Row
const insert = (table: string, row: Row, verb = 'INSERT') => {
  const columns = Object.keys(row)
  raw
    .prepare(`${verb} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(Object.values(row))
}

/** Tries inside a transaction that is taken back; with only one guard in place when it is named. */
function attempt(work: () => void, guard?: string): void {
  raw.exec('BEGIN IMMEDIATE')
  try {
    const triggers = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]
    for (const { name } of triggers) if (guard !== undefined && name !== guard) raw.exec(`DROP TRIGGER ${name}`)
    work()
  } finally {
    raw.exec('ROLLBACK')
  }
}

const appendOnly = [
  'policies',
  'trip_wires',
  'review_types',
  'evidence',
  'proposals',
  'votes',
  'decisions',
  'audit_events',
  'audit_nodes',
  'checkpoints',
]

describe.each(appendOnly)('the append-only table %s', (table) => {
  it('refuses update, delete and every way of replacing a row', () => {
    const row = one(table)
    for (const column of Object.keys(row)) {
      expect(() => raw.exec(`UPDATE ${table} SET ${column} = ${column}`), column).toThrow(/append-only/)
    }
    expect(() => raw.exec(`DELETE FROM ${table}`)).toThrow(/append-only/)
    for (const verb of ['INSERT OR REPLACE', 'REPLACE', 'INSERT OR IGNORE', 'INSERT']) {
      const again = () => attempt(() => insert(table, row, verb), `${table}_no_replace`)
      expect(again, verb).toThrow(/holds this row already/)
      expect(() => insert(table, row, verb), verb).toThrow()
    }
    expect(one(table)).toEqual(row)
  })
})

describe('rows that may change', () => {
  it.each(['users', 'interaction_types', 'reviews', 'level_intervals'])(
    'are never removed or replaced: %s',
    (table) => {
      const row = one(table)
      expect(() => raw.exec(`DELETE FROM ${table}`)).toThrow(/may not be removed/)
      const again = () => attempt(() => insert(table, row, 'INSERT OR REPLACE'), `${table}_no_replace`)
      expect(again).toThrow(/holds this row already/)
    },
  )

  it('cannot take the address of somebody else by replacing', () => {
    const replace = raw.prepare('UPDATE OR REPLACE users SET email = ? WHERE user_id = ?')
    expect(() => replace.run('anna@example.com', people.boris.id)).toThrow(/taken twice/)
    const row = { ...one('users'), user_id: 'other' }
    expect(() => insert('users', row, 'INSERT OR REPLACE')).toThrow(/holds this row already/)
  })

  it('keep history: a closed level stays closed, a level starts with its decision, none overlap', () => {
    expect(() => raw.exec("UPDATE level_intervals SET oversight_level = 'human_on_the_loop'")).toThrow(/only the end/)
    expect(() =>
      raw.exec("UPDATE level_intervals SET effective_to = '2027-01-01T00:00:00.000Z' WHERE effective_to IS NOT NULL"),
    ).toThrow(/only the end/)
    const level = { ...one('level_intervals', "interaction_type = 'order_status'"), interval_id: 'x', decision_id: 'x' }
    const start = (guard: string) => () => attempt(() => insert('level_intervals', level), guard)
    expect(start('level_intervals_follow_decision')).toThrow(/needs the decision/)
    expect(start('level_intervals_do_not_overlap')).toThrow(/overlap/)
  })

  it('close a review only when every type is decided, and never open it again', () => {
    const close = "UPDATE reviews SET state = 'closed', closed_at = '2026-11-01T00:00:00.000Z', closed_by = 'x'"
    expect(() => raw.exec(close)).toThrow(/when every type is decided/)
    expect(() => raw.exec("UPDATE reviews SET policy_version = 2, state = 'open'")).toThrow(/only be closed/)
  })
})

describe('separation of duties in the database', () => {
  const vote = (change: Row): Row => ({
    vote_id: 'v',
    proposal_id: expandId,
    voter_id: people.anna.id,
    voter_name: 'Anna',
    voter_role: 'approver',
    vote: 'approve',
    reason: '',
    meaning: 'm',
    evidence_sha256: one('proposals', `proposal_id = '${expandId}'`).evidence_sha256 ?? '',
    authentication: 'password',
    signed_at: '2026-10-12T10:00:00.000Z',
    time_zone: 'UTC',
    ...change,
  })
  it('takes the vote of an approver who is neither proposer nor owner', () => {
    expect(() => attempt(() => insert('votes', vote({})))).not.toThrow()
  })

  it.each([
    [
      'a decision starts from the level in force',
      'decisions_start_from_level_in_force',
      () => insert('decisions', { ...one('decisions', "kind = 'stop'"), decision_id: 'd' }),
      /another one by now/,
    ],
    [
      'a decided type takes no further proposal',
      'proposals_while_undecided',
      () => {
        const { evidence_id } = one('evidence', "interaction_type = 'refund_request'")
        insert('proposals', {
          ...one('proposals', "interaction_type = 'refund_request'"),
          proposal_id: 'again',
          evidence_id: evidence_id ?? '',
        })
      },
      /decided already/,
    ],
    [
      'a proposal rests on current evidence',
      'proposals_on_current_evidence',
      () => {
        const proposal = one('proposals', `proposal_id = '${expandId}'`)
        insert('proposals', { ...proposal, proposal_id: 'old', evidence_sha256: '0'.repeat(64) })
      },
      /current evidence/,
    ],
    [
      'a decided proposal takes no vote',
      'votes_not_after_end',
      () => {
        const { proposal_id, evidence_sha256 } = one('proposals', "interaction_type = 'refund_request'")
        insert(
          'votes',
          vote({ proposal_id: proposal_id ?? '', evidence_sha256: evidence_sha256 ?? '', voter_id: people.boris.id }),
        )
      },
      /no longer open/,
    ],
    [
      'the evidence of a decided type stays',
      'evidence_while_undecided',
      () =>
        insert('evidence', {
          ...one('evidence', "interaction_type = 'refund_request'"),
          evidence_id: 'e',
          revision: 2,
        }),
      /stays as it was/,
    ],
    [
      'nobody is admin and approver',
      'a CHECK',
      () => raw.exec(`UPDATE users SET roles = '["admin","approver"]'`),
      /CHECK/,
    ],
    [
      'an approver who proposed does not approve',
      'votes_proposer_does_not_approve',
      () => {
        insert('proposals', {
          ...one('proposals', `proposal_id = '${expandId}'`),
          proposal_id: 'own',
          proposed_by: people.anna.id,
        })
        insert('votes', vote({ proposal_id: 'own' }))
      },
      /proposed it may not approve/,
    ],
    [
      'the owner does not approve an expansion',
      'votes_owner_does_not_approve',
      () => insert('votes', vote({ voter_id: people.owner.id })),
      /owner of the type may not approve/,
    ],
    [
      'an admin does not vote',
      'votes_by_entitled_person',
      () => insert('votes', vote({ voter_id: people.admin.id })),
      /only approvers vote/,
    ],
    [
      'a reviewer does not vote',
      'votes_by_entitled_person',
      () => insert('votes', vote({ voter_id: people.rena.id })),
      /only approvers vote/,
    ],
    [
      'nobody votes twice',
      'votes_no_replace',
      () => {
        insert('votes', vote({}))
        insert('votes', vote({ vote_id: 'w' }))
      },
      /holds this row already/,
    ],
    [
      'a vote needs the current evidence',
      'votes_on_current_evidence',
      () => insert('votes', vote({ evidence_sha256: '0'.repeat(64) })),
      /evidence changed/,
    ],
    ['a rejection needs a reason', 'a CHECK', () => insert('votes', vote({ vote: 'reject' })), /CHECK/],
  ])('%s: %s', (_name, guard, work, message) => {
    // With every guard in place, and with this one alone.
    expect(() => attempt(work)).toThrow()
    expect(() => attempt(work, guard)).toThrow(message)
  })

  const decision = (change: Row): Row => {
    const proposal = one('proposals', `proposal_id = '${expandId}'`)
    return {
      ...one('decisions', "kind = 'cycle'"),
      decision_id: 'd',
      interaction_type: 'order_status',
      proposal_id: expandId,
      action: 'expand',
      from_level: 'human_in_the_loop',
      to_level: 'human_on_the_loop',
      evidence_sha256: proposal.evidence_sha256 ?? '',
      ...change,
    }
  }
  const bySystem = (kind: string, interactionType: string): Row => ({
    ...one('decisions', "kind = 'stop'"),
    decision_id: 'd',
    kind,
    interaction_type: interactionType,
    from_level: 'human_in_the_loop',
    to_level: 'human_as_the_loop',
    decided_by: 'system',
    signer_name: 'Oversight',
    approval_due_at: null,
  })
  const approve = (...ids: string[]) => {
    for (const [index, id] of ids.entries()) insert('votes', vote({ vote_id: `v${index}`, voter_id: id }))
  }

  it('records an expansion that two approved', () => {
    expect(() =>
      attempt(() => {
        approve(people.anna.id, people.boris.id)
        insert('decisions', decision({}))
      }),
    ).not.toThrow()
  })

  it.each([
    [
      'an expansion needs two approvals',
      'decisions_follow_votes',
      () => {
        approve(people.anna.id)
        insert('decisions', decision({}))
      },
      /needs its approvals/,
    ],
    [
      'a rejection blocks',
      'decisions_respect_rejections',
      () => {
        approve(people.anna.id, people.boris.id)
        insert('votes', vote({ vote_id: 'r', voter_id: people.chiara.id, vote: 'reject', reason: 'no' }))
        insert('decisions', decision({}))
      },
      /rejection blocks/,
    ],
    [
      'a decision does what was voted on',
      'decisions_follow_votes',
      () => {
        approve(people.anna.id, people.boris.id)
        insert('decisions', decision({ action: 'keep', to_level: 'human_in_the_loop' }))
      },
      /needs its approvals/,
    ],
    [
      'levels move one step',
      'a CHECK',
      () => insert('decisions', decision({ from_level: 'human_as_the_loop' })),
      /CHECK/,
    ],
    [
      'reviews are opened in the order of their months',
      'reviews_in_order',
      () => insert('reviews', { ...one('reviews'), review_month: '2026-08' }),
      /later month was opened already/,
    ],
    [
      'an expansion rests on the newest month',
      'decisions_expand_on_newest_evidence',
      () => {
        insert('reviews', { ...one('reviews'), review_month: '2026-10' })
        insert('decisions', decision({}))
      },
      /newest month under review/,
    ],
    [
      'one cycle decision per month and type',
      'decisions_once',
      () =>
        insert(
          'decisions',
          { ...one('decisions', "kind = 'cycle'"), decision_id: 'd', proposal_id: expandId },
          'INSERT OR REPLACE',
        ),
      /decided already/,
    ],
    [
      'the owner does not sign a baseline',
      'decisions_owner_signs_no_baseline',
      () =>
        insert('decisions', {
          ...one('decisions', "kind = 'baseline'"),
          decision_id: 'd',
          interaction_type: 'privacy',
          decided_by: people.owner.id,
        }),
      /may not sign its level/,
    ],
    [
      'a baseline stays within the ceiling of a registered type',
      'decisions_respect_ceiling',
      () =>
        insert('decisions', {
          ...one('decisions', "kind = 'baseline'"),
          decision_id: 'd',
          interaction_type: 'unheard_of',
        }),
      /ceiling of a registered type/,
    ],
    [
      'a decision does not expire before its day',
      'decisions_expire_when_due',
      () => insert('decisions', bySystem('expiry', 'order_status')),
      /has not expired/,
    ],
    [
      'a trip-wire fires only where one was agreed',
      'decisions_of_agreed_trip_wires',
      () => insert('decisions', bySystem('trip_wire', 'order_status')),
      /no trip-wire was agreed/,
    ],
    [
      'trip-wires are agreed before anybody signs',
      'trip_wires_before_votes',
      () => {
        const signed = one('votes').proposal_id ?? ''
        insert('trip_wires', { ...one('trip_wires'), trip_wire_id: 't', proposal_id: signed, metric: 'ai_error_rate' })
      },
      /before anybody signs/,
    ],
    [
      'the program signs nothing but steps down',
      'a CHECK',
      () => insert('decisions', { ...one('decisions', "kind = 'stop'"), decision_id: 'd', decided_by: 'system' }),
      /CHECK/,
    ],
    [
      'an admin decides nothing',
      'decisions_by_entitled_person',
      () =>
        insert('decisions', { ...one('decisions', "kind = 'stop'"), decision_id: 'd', decided_by: people.admin.id }),
      /only approvers decide/,
    ],
    [
      'a stop is not approved by who made it',
      'stop_approvals_of_stops',
      () =>
        insert('stop_approvals', {
          decision_id: one('decisions', "kind = 'stop'").decision_id ?? '',
          approver_id: people.anna.id,
          approver_name: 'Anna',
          reason: '',
          meaning: 'm',
          approved_at: '2026-10-12T10:00:00.000Z',
        }),
      /another approver/,
    ],
  ])('%s: %s', (_name, guard, work, message) => {
    // With every guard in place, and with this one alone.
    expect(() => attempt(work)).toThrow()
    expect(() => attempt(work, guard)).toThrow(message)
  })

  it('guards every governed table', () => {
    const triggers = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]
    const names = triggers.map(({ name }) => name)
    for (const table of Object.keys(governedTables)) {
      expect(names, table).toEqual(expect.arrayContaining([`${table}_no_delete`, `${table}_no_replace`]))
    }
  })
})
