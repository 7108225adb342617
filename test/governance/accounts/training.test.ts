import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordTraining, trainingOf } from '#governance/accounts/training.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { recordBaseline } from '#governance/registry/record-baseline.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { propose } from '#governance/review/propose.ts'
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

const interactionType = 'order_status'

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, interactionType, 'human_in_the_loop')
})
afterEach(() => at.remove())

const train = (userId: string, trainedUntil: string, by = 'system') =>
  recordTraining(at.ledger, { userId, trainedUntil, by }, at.clock())

async function vote(action: 'keep' | 'reduce') {
  await openSeptember(at, { [interactionType]: action })
  const input = { month, interactionType, action, reason: '', by: people.rena.id }
  const { proposalId } = await propose(at.ledger, input, at.clock())
  const evidenceHash = await evidenceHashOf(at, interactionType)
  const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, by: people.anna.id, password }
  return castVote(at.ledger, ballot, at.clock())
}

describe('a training to oversee', () => {
  it('that has expired blocks an approval, and the next record lifts it', async () => {
    await train(people.anna.id, '2026-10-11')
    await expect(vote('keep')).rejects.toMatchObject({ code: 'forbidden', message: /ended on 2026-10-11/ })
    await train(people.anna.id, '2027-10-11')
    const [proposal] = (await getReviewType(at.ledger, { month, interactionType })).proposals
    const evidenceHash = await evidenceHashOf(at, interactionType)
    const ballot = { proposalId: proposal?.id ?? '', vote: 'approve' as const, reason: '', evidenceHash }
    await castVote(at.ledger, { ...ballot, by: people.anna.id, password }, at.clock())
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('that has expired does not hold up a reduction', async () => {
    await train(people.anna.id, '2026-10-11')
    expect((await vote('reduce')).decision?.action).toBe('reduce')
  })

  it('that has expired blocks signing a first level', async () => {
    await addType(at, people, 'refund_request', null)
    await train(people.anna.id, '2026-10-11')
    const baseline = { interactionType: 'refund_request', level: 'human_in_the_loop' as const, reason: 'r' }
    const signing = recordBaseline(at.ledger, { ...baseline, by: people.anna.id, password }, at.clock())
    await expect(signing).rejects.toThrow(/training ended/)
  })

  it('is recorded by an admin, never for oneself, and only as a day', async () => {
    await train(people.anna.id, '2027-01-31', people.admin.id)
    expect(await trainingOf(at.ledger.db, people.anna.id, at.clock().now, {})).toEqual({
      until: '2027-01-31',
      today: '2026-10-12',
      isRequired: false,
    })
    await expect(train(people.admin.id, '2027-01-31', people.admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(train(people.anna.id, '2027-01-31', people.boris.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(train(people.anna.id, '2027-02-31')).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('is held by the database too, whatever the program does', async () => {
    await train(people.anna.id, '2026-10-11')
    await openSeptember(at, { [interactionType]: 'keep' })
    const input = { month, interactionType, action: 'keep' as const, reason: '', by: people.rena.id }
    const { proposalId } = await propose(at.ledger, input, at.clock())
    const insert = at.ledger.db
      .insertInto('votes')
      .values({
        vote_id: 'v',
        proposal_id: proposalId,
        voter_id: people.anna.id,
        voter_name: 'Anna',
        voter_role: 'approver',
        vote: 'approve',
        reason: '',
        meaning: 'm',
        evidence_sha256: await evidenceHashOf(at, interactionType),
        authentication: 'password',
        signed_at: at.clock().now.toISOString(),
        time_zone: 'UTC',
      })
      .execute()
    await expect(insert).rejects.toThrow(/training has expired/)
  })
})
