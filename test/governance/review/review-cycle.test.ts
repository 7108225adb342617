import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { castVote } from '#governance/review/cast-vote.ts'
import { closeReview } from '#governance/review/close-review.ts'
import { findReview, listReviews } from '#governance/review/find-review.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { openReview } from '#governance/review/open-review.ts'
import { propose } from '#governance/review/propose.ts'
import {
  addPeople,
  addType,
  buildLedger,
  evaluationOf,
  evidenceHashOf,
  freeze,
  historyOf,
  month,
  openSeptember,
  type People,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
})
afterEach(() => at.remove())

const open = (change: Partial<Parameters<typeof openReview>[1]> = {}) =>
  openReview(
    at.ledger,
    {
      month,
      interactionTypes: ['order_status'],
      isFinal: true,
      reportingTimeZone: 'Europe/Berlin',
      by: 'system',
      ...change,
    },
    at.clock(),
  )

const keep = async (interactionType: string) => {
  const { proposalId } = await propose(
    at.ledger,
    { month, interactionType, action: 'keep', reason: '', by: people.rena.id },
    at.clock(),
  )
  const evidenceHash = await evidenceHashOf(at, interactionType)
  const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, by: people.anna.id, password }
  return castVote(at.ledger, ballot, at.clock())
}

describe('opening a review', () => {
  it('joins the types seen in the month with the registered ones', async () => {
    await addType(at, people, 'refund_request', 'human_in_the_loop')
    expect(await open()).toMatchObject({ interactionTypes: ['order_status', 'refund_request'], policyVersion: 1 })
    expect(
      (await findReview(at.ledger, month))?.types.map((type) => [type.interactionType, type.isRegistered]),
    ).toEqual([
      ['order_status', false],
      ['refund_request', true],
    ])
  })

  it('happens once per month, even when two people do it at once', async () => {
    const results = await Promise.allSettled([open(), open({ by: people.anna.id })])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(open()).rejects.toMatchObject({ code: 'conflict' })
  })

  it('waits until the month is over and seven days have passed, in the reporting time zone', async () => {
    const early = await buildLedger('2026-10-07T21:59:59.999Z')
    const input = {
      month,
      interactionTypes: ['order_status'],
      isFinal: true,
      reportingTimeZone: 'Europe/Berlin',
      by: 'system',
    }
    await expect(openReview(early.ledger, input, early.clock())).rejects.toThrow(
      /can still change until 2026-10-07T22:00/,
    )
    early.pass(1)
    await openReview(early.ledger, input, early.clock())
    await early.remove()
  })

  it('waits for the data too', async () => {
    await expect(open({ isFinal: false })).rejects.toThrow(/Load newer data/)
  })

  it('is for approvers, reviewers, operators and the command line', async () => {
    await expect(open({ by: people.viewer.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(open({ by: people.admin.id })).rejects.toMatchObject({ code: 'forbidden' })
    await open({ by: people.rena.id })
  })

  it('refuses what is no month, no zone, and a month without types', async () => {
    await expect(open({ month: '2026-9' })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(open({ reportingTimeZone: 'Mars' })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(open({ interactionTypes: [] })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('frozen evidence', () => {
  it('comes back number for number', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'expand' })
    const { evidence } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
    expect(evidence?.evaluation).toEqual(evaluationOf('order_status', 'expand', 'human_in_the_loop'))
    expect(evidence?.months).toEqual(historyOf('order_status').months)
    expect(evidence).toMatchObject({
      revision: 1,
      policyVersion: 1,
      snapshotId: 3,
      standing: { level: 'human_in_the_loop', isBaseline: true, levelSince: expect.any(Date) },
    })
  })

  it('has one hash for the content and another for where it came from', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'expand' })
    const hashes = async () => {
      const { evidence } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
      return [evidence?.revision, evidence?.contentHash, evidence?.provenanceHash]
    }
    const first = await hashes()
    await freeze(at, { order_status: 'expand' }, { snapshotId: 9 })
    expect(await hashes()).toEqual(first)
    expect(await freeze(at, { order_status: 'expand' }, { errors: 8 })).toEqual([
      { interactionType: 'order_status', outcome: 'revised' },
    ])
    const second = await hashes()
    expect(second[0]).toBe(2)
    expect(second[1]).not.toBe(first[1])
  })

  it('stays as it was signed once the type is decided', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    await keep('order_status')
    expect(await freeze(at, { order_status: 'keep' }, { errors: 30 })).toEqual([
      { interactionType: 'order_status', outcome: 'decided' },
    ])
  })

  it('must not forget a type of the review, and takes in one that was seen only later', async () => {
    await open({ interactionTypes: ['order_status', 'returns'] })
    await expect(freeze(at, { order_status: 'keep' })).rejects.toThrow(/returns belongs to the review/)
    expect(await freeze(at, { order_status: 'keep', returns: 'keep', late_type: 'keep' })).toHaveLength(3)
    expect((await findReview(at.ledger, month))?.typeCount).toBe(3)
  })

  it('bars the reviewer of most of the sample from approving an expansion', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    await freeze(
      at,
      { order_status: 'expand' },
      { majorityReviewers: new Map([['order_status', people.anna.email]]), errors: 6 },
    )
    const { proposalId } = await propose(
      at.ledger,
      { month, interactionType: 'order_status', action: 'expand', reason: '', by: people.rena.id },
      at.clock(),
    )
    const evidenceHash = await evidenceHashOf(at, 'order_status')
    const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, password }
    await expect(castVote(at.ledger, { ...ballot, by: people.anna.id }, at.clock())).rejects.toThrow(/more than half/)
    await castVote(at.ledger, { ...ballot, by: people.boris.id }, at.clock())
  })
})

describe('the cycle', () => {
  it('is decided when every type is, and then closes for good', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'keep', unregistered_type: 'keep' })
    const close = () => closeReview(at.ledger, { month, by: people.anna.id }, at.clock())
    await keep('order_status')
    await expect(close()).rejects.toThrow(/1 of the types of 2026-09 are undecided, the first is unregistered_type/)
    const { decision } = await keep('unregistered_type')
    expect(decision).toMatchObject({ action: 'keep', fromLevel: null, toLevel: null })
    expect((await findReview(at.ledger, month))?.state).toBe('decided')
    await close()
    expect(await listReviews(at.ledger)).toMatchObject([
      { month, state: 'closed', typeCount: 2, decidedCount: 2, closedAt: at.clock().now },
    ])
    await expect(close()).rejects.toThrow(/is closed/)
    await expect(keep('order_status')).rejects.toThrow(/is closed/)
    await expect(freeze(at, { order_status: 'keep' })).rejects.toThrow(/is closed/)
  })

  it('knows no review that was never opened', async () => {
    expect(await findReview(at.ledger, '2026-08')).toBeUndefined()
    await expect(closeReview(at.ledger, { month: '2026-08', by: 'system' }, at.clock())).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
