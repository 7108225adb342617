import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiToken } from '#governance/accounts/create-api-token.ts'
import { governedTables } from '#governance/audit/governed-tables.ts'
import { recordTypeFacts } from '#governance/registry/record-type-facts.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import {
  addPeople,
  addType,
  type BuiltLedger,
  buildLedger,
  evidenceHashOf,
  month,
  openSeptember,
  type People,
  password,
} from '#test/build/ledger.ts'
import { type Intruder, ledgerStore, type LedgerRow as Row } from '#test/build/ledger-store.ts'

// Everything here goes past the use cases, straight into the database: the last line of defence.
let at: BuiltLedger
let people: People
let raw: Intruder
let expandId: string

beforeAll(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, 'order_status', 'human_in_the_loop')
  await addType(at, people, 'refund_request', 'human_in_the_loop', { ceiling: 'human_in_the_loop' })
  await addType(at, people, 'privacy', null)
  await recordTypeFacts(
    at.ledger,
    {
      interactionType: 'privacy',
      riskClass: 'high',
      riskClassReason: 'rights of persons',
      hasLegalEffect: false,
      knowledgeSources: '',
      moneyLimit: null,
      by: people.anna.id,
    },
    at.clock(),
  )
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
  await createApiToken(
    at.ledger,
    { name: 'platform', scopes: ['autonomy:read'], validDays: 30, holderId: null, by: 'system' },
    at.clock(),
  )
  at.pass(5)
  await stopType(
    at.ledger,
    { interactionType: 'refund_request', reason: 'wrong amounts', by: people.anna.id, password },
    at.clock(),
  )
  raw = await at.place.intrude()
})
afterAll(async () => {
  await raw.close()
  await at.remove()
})

const one = (table: string, where = 'true') => raw.one(`SELECT * FROM ${table} WHERE ${where} LIMIT 1`)
type Way = readonly [verb: string, ending: string]
const insert = (table: string, row: Row, [verb, ending]: Way = ['INSERT', '']) => {
  const columns = Object.keys(row)
  const values = columns.map(() => '?').join(', ')
  return raw.run(`${verb} INTO ${table} (${columns.join(', ')}) VALUES (${values}) ${ending}`, ...Object.values(row))
}
const attempt = (work: () => Promise<unknown>, guard?: string) => raw.attempt(work, guard)

/** Every way of writing a row over one that is there. */
const waysToInsert: readonly Way[] =
  ledgerStore === 'sqlite'
    ? ['INSERT OR REPLACE', 'REPLACE', 'INSERT OR IGNORE', 'INSERT'].map((verb): Way => [verb, ''])
    : ['', 'ON CONFLICT DO NOTHING'].map((ending): Way => ['INSERT', ending])
const replacing = waysToInsert[0] as Way

const appendOnly = [
  'policies',
  'trip_wires',
  'type_facts',
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
  it('refuses update, delete and every way of replacing a row', async () => {
    const row = await one(table)
    for (const column of Object.keys(row)) {
      await expect(raw.run(`UPDATE ${table} SET ${column} = ${column}`), column).rejects.toThrow(/append-only/)
    }
    await expect(raw.run(`DELETE FROM ${table}`)).rejects.toThrow(/append-only/)
    if (ledgerStore === 'postgres') {
      await expect(raw.run(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/append-only|may not be removed/)
    }
    for (const way of waysToInsert) {
      const again = attempt(() => insert(table, row, way), `${table}_no_replace`)
      await expect(again, way.join()).rejects.toThrow(/holds this row already/)
      await expect(insert(table, row, way), way.join()).rejects.toThrow()
    }
    expect(await one(table)).toEqual(row)
  })
})

describe('rows that may change', () => {
  it.each(['users', 'api_tokens', 'interaction_types', 'reviews', 'level_intervals'])(
    'are never removed or replaced: %s',
    async (table) => {
      const row = await one(table)
      await expect(raw.run(`DELETE FROM ${table}`)).rejects.toThrow(/may not be removed/)
      const again = attempt(() => insert(table, row, replacing), `${table}_no_replace`)
      await expect(again).rejects.toThrow(/holds this row already/)
    },
  )

  it('cannot take the address of somebody else by replacing', async () => {
    const replace = ledgerStore === 'sqlite' ? 'UPDATE OR REPLACE users' : 'UPDATE users'
    await expect(
      raw.run(`${replace} SET email = ? WHERE user_id = ?`, 'anna@example.com', people.boris.id),
    ).rejects.toThrow(/taken twice/)
    const row = { ...(await one('users')), user_id: 'other' }
    await expect(insert('users', row, replacing)).rejects.toThrow(/holds this row already/)
  })

  it('keep history: a closed level stays closed, a level starts with its decision, none overlap', async () => {
    await expect(raw.run("UPDATE level_intervals SET oversight_level = 'human_on_the_loop'")).rejects.toThrow(
      /only the end/,
    )
    await expect(
      raw.run("UPDATE level_intervals SET effective_to = '2027-01-01T00:00:00.000Z' WHERE effective_to IS NOT NULL"),
    ).rejects.toThrow(/only the end/)
    const inForce = await one('level_intervals', "interaction_type = 'order_status'")
    const level = { ...inForce, interval_id: 'x', decision_id: 'x' }
    const start = (guard: string) => attempt(() => insert('level_intervals', level), guard)
    await expect(start('level_intervals_follow_decision')).rejects.toThrow(/needs the decision/)
    await expect(start('level_intervals_do_not_overlap')).rejects.toThrow(/overlap/)
  })

  it('close a review only when every type is decided, and never open it again', async () => {
    const close = "UPDATE reviews SET state = 'closed', closed_at = '2026-11-01T00:00:00.000Z', closed_by = 'x'"
    await expect(raw.run(close)).rejects.toThrow(/when every type is decided/)
    await expect(raw.run("UPDATE reviews SET policy_version = 2, state = 'open'")).rejects.toThrow(/only be closed/)
  })
})

describe('separation of duties in the database', () => {
  const vote = async (change: Row): Promise<Row> => ({
    vote_id: 'v',
    proposal_id: expandId,
    voter_id: people.anna.id,
    voter_name: 'Anna',
    voter_role: 'approver',
    vote: 'approve',
    reason: '',
    meaning: 'm',
    evidence_sha256: (await one('proposals', `proposal_id = '${expandId}'`)).evidence_sha256 ?? '',
    authentication: 'password',
    signed_at: '2026-10-12T10:00:00.000Z',
    time_zone: 'UTC',
    ...change,
  })
  it('takes the vote of an approver who is neither proposer nor owner', async () => {
    await attempt(async () => insert('votes', await vote({})))
  })

  it.each([
    [
      'a decision starts from the level in force',
      'decisions_start_from_level_in_force',
      async () => insert('decisions', { ...(await one('decisions', "kind = 'stop'")), decision_id: 'd' }),
      /another one by now/,
    ],
    [
      'a decided type takes no further proposal',
      'proposals_while_undecided',
      async () => {
        const { evidence_id } = await one('evidence', "interaction_type = 'refund_request'")
        await insert('proposals', {
          ...(await one('proposals', "interaction_type = 'refund_request'")),
          proposal_id: 'again',
          evidence_id: evidence_id ?? '',
        })
      },
      /decided already/,
    ],
    [
      'a proposal rests on current evidence',
      'proposals_on_current_evidence',
      async () => {
        const proposal = await one('proposals', `proposal_id = '${expandId}'`)
        await insert('proposals', { ...proposal, proposal_id: 'old', evidence_sha256: '0'.repeat(64) })
      },
      /current evidence/,
    ],
    [
      'a decided proposal takes no vote',
      'votes_not_after_end',
      async () => {
        const { proposal_id, evidence_sha256 } = await one('proposals', "interaction_type = 'refund_request'")
        await insert(
          'votes',
          await vote({
            proposal_id: proposal_id ?? '',
            evidence_sha256: evidence_sha256 ?? '',
            voter_id: people.boris.id,
          }),
        )
      },
      /no longer open/,
    ],
    [
      'the evidence of a decided type stays',
      'evidence_while_undecided',
      async () =>
        insert('evidence', {
          ...(await one('evidence', "interaction_type = 'refund_request'")),
          evidence_id: 'e',
          revision: 2,
        }),
      /stays as it was/,
    ],
    [
      'nobody is admin and approver',
      'a CHECK',
      () => raw.run(`UPDATE users SET roles = '["admin","approver"]'`),
      /check/i,
    ],
    [
      'an approver who proposed does not approve',
      'votes_proposer_does_not_approve',
      async () => {
        await insert('proposals', {
          ...(await one('proposals', `proposal_id = '${expandId}'`)),
          proposal_id: 'own',
          proposed_by: people.anna.id,
        })
        await insert('votes', await vote({ proposal_id: 'own' }))
      },
      /proposed it may not approve/,
    ],
    [
      'the owner does not approve an expansion',
      'votes_owner_does_not_approve',
      async () => insert('votes', await vote({ voter_id: people.owner.id })),
      /owner of the type may not approve/,
    ],
    [
      'an admin does not vote',
      'votes_by_entitled_person',
      async () => insert('votes', await vote({ voter_id: people.admin.id })),
      /only approvers vote/,
    ],
    [
      'a reviewer does not vote',
      'votes_by_entitled_person',
      async () => insert('votes', await vote({ voter_id: people.rena.id })),
      /only approvers vote/,
    ],
    [
      'nobody votes twice',
      'votes_no_replace',
      async () => {
        await insert('votes', await vote({}))
        await insert('votes', await vote({ vote_id: 'w' }))
      },
      /holds this row already/,
    ],
    [
      'a vote needs the current evidence',
      'votes_on_current_evidence',
      async () => insert('votes', await vote({ evidence_sha256: '0'.repeat(64) })),
      /evidence changed/,
    ],
    ['a rejection needs a reason', 'a CHECK', async () => insert('votes', await vote({ vote: 'reject' })), /check/i],
  ])('%s: %s', async (_name, guard, work, message) => {
    // With every guard in place, and with this one alone.
    await expect(attempt(work)).rejects.toThrow()
    await expect(attempt(work, guard)).rejects.toThrow(message)
  })

  const decision = async (change: Row): Promise<Row> => {
    const proposal = await one('proposals', `proposal_id = '${expandId}'`)
    return {
      ...(await one('decisions', "kind = 'cycle'")),
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
  const bySystem = async (kind: string, interactionType: string): Promise<Row> => ({
    ...(await one('decisions', "kind = 'stop'")),
    decision_id: 'd',
    kind,
    interaction_type: interactionType,
    from_level: 'human_in_the_loop',
    to_level: 'human_as_the_loop',
    decided_by: 'system',
    signer_name: 'Oversight',
    approval_due_at: null,
  })
  const approve = async (...ids: string[]) => {
    for (const [index, id] of ids.entries()) insert('votes', await vote({ vote_id: `v${index}`, voter_id: id }))
  }

  it('records an expansion that two approved', async () => {
    await attempt(async () => {
      await approve(people.anna.id, people.boris.id)
      await insert('decisions', await decision({}))
    })
  })

  it.each([
    [
      'an expansion needs two approvals',
      'decisions_follow_votes',
      async () => {
        await approve(people.anna.id)
        await insert('decisions', await decision({}))
      },
      /needs its approvals/,
    ],
    [
      'a rejection blocks',
      'decisions_respect_rejections',
      async () => {
        await approve(people.anna.id, people.boris.id)
        await insert('votes', await vote({ vote_id: 'r', voter_id: people.chiara.id, vote: 'reject', reason: 'no' }))
        await insert('decisions', await decision({}))
      },
      /rejection blocks/,
    ],
    [
      'a decision does what was voted on',
      'decisions_follow_votes',
      async () => {
        await approve(people.anna.id, people.boris.id)
        await insert('decisions', await decision({ action: 'keep', to_level: 'human_in_the_loop' }))
      },
      /needs its approvals/,
    ],
    [
      'levels move one step',
      'a CHECK',
      async () => insert('decisions', await decision({ from_level: 'human_as_the_loop' })),
      /check/i,
    ],
    [
      'reviews are opened in the order of their months',
      'reviews_in_order',
      async () => insert('reviews', { ...(await one('reviews')), review_month: '2026-08' }),
      /later month was opened already/,
    ],
    [
      'an expansion rests on the newest month',
      'decisions_expand_on_newest_evidence',
      async () => {
        await insert('reviews', { ...(await one('reviews')), review_month: '2026-10' })
        await insert('decisions', await decision({}))
      },
      /newest month under review/,
    ],
    [
      'one cycle decision per month and type',
      'decisions_once',
      async () =>
        insert(
          'decisions',
          { ...(await one('decisions', "kind = 'cycle'")), decision_id: 'd', proposal_id: expandId },
          replacing,
        ),
      /decided already/,
    ],
    [
      'the owner does not sign a baseline',
      'decisions_owner_signs_no_baseline',
      async () =>
        insert('decisions', {
          ...(await one('decisions', "kind = 'baseline'")),
          decision_id: 'd',
          interaction_type: 'privacy',
          decided_by: people.owner.id,
        }),
      /may not sign its level/,
    ],
    [
      'a baseline stays within the ceiling of a registered type',
      'decisions_respect_ceiling',
      async () =>
        insert('decisions', {
          ...(await one('decisions', "kind = 'baseline'")),
          decision_id: 'd',
          interaction_type: 'unheard_of',
        }),
      /ceiling of a registered type/,
    ],
    [
      'no level beyond what the risk class allows',
      'decisions_respect_facts',
      async () =>
        insert('decisions', {
          ...(await one('decisions', "kind = 'baseline'")),
          decision_id: 'd',
          interaction_type: 'privacy',
          to_level: 'human_on_the_loop',
        }),
      /risk class/,
    ],
    [
      'no risk class under the level in force',
      'type_facts_respect_level',
      async () =>
        insert('type_facts', { ...(await one('type_facts')), interaction_type: 'order_status', risk_class: 'blocked' }),
      /level in force goes beyond/,
    ],
    [
      'a decision does not expire before its day',
      'decisions_expire_when_due',
      async () => insert('decisions', await bySystem('expiry', 'order_status')),
      /has not expired/,
    ],
    [
      'a trip-wire fires only where one was agreed',
      'decisions_of_agreed_trip_wires',
      async () => insert('decisions', await bySystem('trip_wire', 'order_status')),
      /no trip-wire was agreed/,
    ],
    [
      'trip-wires are agreed before anybody signs',
      'trip_wires_before_votes',
      async () => {
        const signed = (await one('votes')).proposal_id ?? ''
        await insert('trip_wires', {
          ...(await one('trip_wires')),
          trip_wire_id: 't',
          proposal_id: signed,
          metric: 'ai_error_rate',
        })
      },
      /before anybody signs/,
    ],
    [
      'the program signs nothing but steps down',
      'a CHECK',
      async () =>
        insert('decisions', { ...(await one('decisions', "kind = 'stop'")), decision_id: 'd', decided_by: 'system' }),
      /check/i,
    ],
    [
      'an admin decides nothing',
      'decisions_by_entitled_person',
      async () =>
        insert('decisions', {
          ...(await one('decisions', "kind = 'stop'")),
          decision_id: 'd',
          decided_by: people.admin.id,
        }),
      /only approvers decide/,
    ],
    [
      'a stop is not approved by who made it',
      'stop_approvals_of_stops',
      async () =>
        insert('stop_approvals', {
          decision_id: (await one('decisions', "kind = 'stop'")).decision_id ?? '',
          approver_id: people.anna.id,
          approver_name: 'Anna',
          reason: '',
          meaning: 'm',
          approved_at: '2026-10-12T10:00:00.000Z',
        }),
      /another approver/,
    ],
  ])('%s: %s', async (_name, guard, work, message) => {
    // With every guard in place, and with this one alone.
    await expect(attempt(work)).rejects.toThrow()
    await expect(attempt(work, guard)).rejects.toThrow(message)
  })

  it('guards every governed table', async () => {
    const triggers = await raw.rows(
      ledgerStore === 'sqlite'
        ? "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        : 'SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal',
    )
    const names = triggers.map(({ name }) => name)
    for (const table of Object.keys(governedTables)) {
      expect(names, table).toEqual(expect.arrayContaining([`${table}_no_delete`, `${table}_no_replace`]))
    }
  })
})
