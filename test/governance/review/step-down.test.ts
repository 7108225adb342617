import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { levelAt } from '#governance/levels/level-at.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { expireDecisions } from '#governance/review/expire-decisions.ts'
import { fireTripWires } from '#governance/review/fire-trip-wires.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { listDecisions } from '#governance/review/list-decisions.ts'
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
import { type MonthFacts, typeMonth } from '#test/build/type-history.ts'

const interactionType = 'order_status'
const day = 24 * 60
const sixMonths = 183 * day

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
})
afterEach(() => at.remove())

const level = async () => (await levelAt(at.ledger, { interactionType, at: at.clock().now }))?.level
const newest = async () => (await listDecisions(at.ledger, { interactionType }))[0]
const actions = async () =>
  (await at.ledger.db.selectFrom('audit_events').select(['action', 'actor_id']).orderBy('seq').execute()).map(
    (row) => `${row.actor_id} ${row.action}`,
  )

async function decide(
  action: 'expand' | 'keep',
  tripWires?: NonNullable<Parameters<typeof propose>[1]['tripWires']>,
): Promise<void> {
  const wires = tripWires === undefined ? {} : { tripWires }
  const { proposalId } = await propose(
    at.ledger,
    { month, interactionType, action, reason: 'because', by: people.rena.id, ...wires },
    at.clock(),
  )
  const evidenceHash = await evidenceHashOf(at, interactionType)
  const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, password }
  await castVote(at.ledger, { ...ballot, by: people.anna.id }, at.clock())
  if (action === 'expand') await castVote(at.ledger, { ...ballot, by: people.boris.id }, at.clock())
}

const fire = (facts: MonthFacts, evidenceMonth = '2026-10') =>
  fireTripWires(
    at.ledger,
    {
      histories: [{ interactionType, months: [typeMonth(interactionType, evidenceMonth, facts)] }],
      reportingTimeZone: 'Europe/Berlin',
    },
    at.clock(),
  )

describe('an expired decision', () => {
  it('steps the type down, signed by nobody, once', async () => {
    await addType(at, people, interactionType, 'human_on_the_loop')
    at.pass(sixMonths - 2 * day)
    expect(await expireDecisions(at.ledger, at.clock())).toEqual([])
    at.pass(3 * day)
    expect(await expireDecisions(at.ledger, at.clock())).toMatchObject([
      {
        interactionType,
        fromLevel: 'human_on_the_loop',
        toLevel: 'human_in_the_loop',
        reason: 'The decision of 2026-10-12 was valid until 2027-04-12 and was not renewed.',
      },
    ])
    expect(await newest()).toMatchObject({ kind: 'expiry', action: 'reduce', month: null, signer: { id: 'system' } })
    expect((await actions()).slice(-3)).toEqual([
      'system decision-recorded',
      'system level-changed',
      'system decision-expired',
    ])
    expect(await expireDecisions(at.ledger, at.clock())).toEqual([])
    expect(await level()).toBe('human_in_the_loop')
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('goes on to the next safer level when that expires too, and stops where a human leads', async () => {
    await addType(at, people, interactionType, 'human_on_the_loop')
    for (const expected of ['human_in_the_loop', 'human_as_the_loop', 'human_as_the_loop']) {
      at.pass(sixMonths + day)
      await expireDecisions(at.ledger, at.clock())
      expect(await level()).toBe(expected)
    }
    expect(await listDecisions(at.ledger, { interactionType })).toHaveLength(3)
  })

  it('is renewed by keeping', async () => {
    await addType(at, people, interactionType, 'human_in_the_loop')
    await openSeptember(at, { [interactionType]: 'keep' })
    at.pass(100 * day)
    await decide('keep')
    at.pass(100 * day)
    expect(await expireDecisions(at.ledger, at.clock())).toEqual([])
    at.pass(90 * day)
    expect(await expireDecisions(at.ledger, at.clock())).toHaveLength(1)
  })

  it('expires once when two processes look at the same time', async () => {
    await addType(at, people, interactionType, 'human_on_the_loop')
    at.pass(sixMonths + day)
    const runs = await Promise.all([expireDecisions(at.ledger, at.clock()), expireDecisions(at.ledger, at.clock())])
    expect(runs.flat()).toHaveLength(1)
    expect(await level()).toBe('human_in_the_loop')
  })
})

describe('trip-wires', () => {
  beforeEach(async () => {
    await addType(at, people, interactionType, 'human_in_the_loop')
    await openSeptember(at, { [interactionType]: 'expand' })
  })

  it('are signed with the expansion and step the type down when one fires, with its numbers in the trail', async () => {
    await decide('expand', [
      { metric: 'critical_defects', threshold: 0 },
      { metric: 'harm_e_value', threshold: 20 },
    ])
    const { proposals } = await getReviewType(at.ledger, { month, interactionType })
    expect(proposals[0]?.tripWires).toMatchObject([
      { metric: 'critical_defects', threshold: 0, against: null },
      { metric: 'harm_e_value', threshold: 20, against: 0.05 },
    ])
    expect(await fire({})).toEqual([])
    expect(await fire({ criticalDefects: 3 }, '2026-09'), 'a month before the level').toEqual([])
    at.pass(20 * day)
    expect(await fire({ criticalDefects: 1, errors: 20 })).toMatchObject([
      {
        fromLevel: 'human_on_the_loop',
        toLevel: 'human_in_the_loop',
        reason: expect.stringMatching(/1 critical defect.*20 errors/),
      },
    ])
    expect(await newest()).toMatchObject({ kind: 'trip_wire', signer: { id: 'system', name: 'Oversight' } })
    const fired = await at.ledger.db
      .selectFrom('audit_events')
      .select('leaf')
      .where('action', '=', 'trip-wire-fired')
      .orderBy('seq')
      .execute()
    expect(fired.map((row) => JSON.parse(row.leaf).data)).toMatchObject([
      { metric: 'critical_defects', month: '2026-10', threshold: '0', value: '1' },
      { metric: 'harm_e_value', month: '2026-10', threshold: '20' },
    ])
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('are gone with the level that they guarded', async () => {
    await decide('expand', [{ metric: 'critical_defects', threshold: 0 }])
    at.pass(20 * day)
    expect(await fire({ criticalDefects: 1 })).toHaveLength(1)
    expect(await fire({ criticalDefects: 1 })).toEqual([])
    expect(await level()).toBe('human_in_the_loop')
  })

  it('are gone after a stop too', async () => {
    await decide('expand', [{ metric: 'critical_defects', threshold: 0 }])
    at.pass(60)
    await stopType(at.ledger, { interactionType, reason: 'wrong', by: people.anna.id, password }, at.clock())
    expect(await fire({ criticalDefects: 1 })).toEqual([])
  })

  it('need a decision: those of an open proposal guard nothing', async () => {
    await propose(
      at.ledger,
      {
        month,
        interactionType,
        action: 'expand',
        reason: '',
        by: people.rena.id,
        tripWires: [{ metric: 'critical_defects', threshold: 0 }],
      },
      at.clock(),
    )
    expect(await fire({ criticalDefects: 1 })).toEqual([])
  })

  it('are refused twice for one metric, out of range, and for a reduction', async () => {
    const attempt = (action: 'expand' | 'reduce', tripWires: NonNullable<Parameters<typeof propose>[1]['tripWires']>) =>
      propose(at.ledger, { month, interactionType, action, reason: 'r', by: people.rena.id, tripWires }, at.clock())
    const wire = { metric: 'critical_defects', threshold: 0 } as const
    await expect(attempt('expand', [wire, wire])).rejects.toThrow(/One trip-wire per metric/)
    await expect(attempt('expand', [{ metric: 'ai_error_rate', threshold: 1.5 }])).rejects.toMatchObject({
      code: 'bad_input',
    })
    await expect(attempt('reduce', [wire])).rejects.toThrow(/safe side/)
  })
})
