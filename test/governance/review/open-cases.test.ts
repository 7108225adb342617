import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { listDrawnCases } from '#governance/review/cases-to-open.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { caseKey, casesToFreeze, drawCases } from '#governance/review/failing-cases.ts'
import { findReview } from '#governance/review/find-review.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { listHiddenProposals } from '#governance/review/hidden-votes.ts'
import { listVoteRecords } from '#governance/review/list-vote-records.ts'
import { propose } from '#governance/review/propose.ts'
import { recordCaseOpened, recordTypeOpened } from '#governance/review/record-opening.ts'
import {
  addPeople,
  addType,
  buildLedger,
  evidenceHashOf,
  freeze,
  month,
  openSeptember,
  type People,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'

const interactionType = 'order_status'
const failed = Array.from({ length: 7 }, (_, index) => caseKey({ source: 's', interactionId: `i${index}` })).sort()

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, interactionType, 'human_in_the_loop')
})
afterEach(() => at.remove())

async function proposed(action: 'expand' | 'keep' | 'reduce', failingCases: readonly string[] = failed) {
  await openSeptember(at, { [interactionType]: action })
  // Other numbers, so that the evidence with its failed contacts is a new revision.
  await freeze(
    at,
    { [interactionType]: action },
    { errors: 8, failingCases: new Map([[interactionType, failingCases]]) },
  )
  const input = { month, interactionType, action, reason: 'r', by: people.rena.id }
  return (await propose(at.ledger, input, at.clock())).proposalId
}

async function vote(proposalId: string, by: string, choice: 'approve' | 'reject' = 'approve') {
  const evidenceHash = await evidenceHashOf(at, interactionType)
  return castVote(at.ledger, { proposalId, vote: choice, reason: 'r', evidenceHash, by, password }, at.clock())
}

async function openAll(by: string) {
  const { evidence } = await getReviewType(at.ledger, { month, interactionType })
  if (evidence === null) throw new Error('no evidence')
  const drawn = await listDrawnCases(at.ledger.db, evidence, by)
  for (const each of drawn) {
    await recordCaseOpened(at.ledger, { month, interactionType, by, caseKey: each.caseKey }, at.clock())
  }
  return drawn
}

describe('the failed contacts drawn for a voter', () => {
  it('are the same for the same month, type and person, in whatever order they are listed', () => {
    const draw = { month, interactionType, voterId: 'anna', count: 3 }
    expect(drawCases(failed, draw)).toEqual(drawCases(failed.toReversed(), draw))
    expect(drawCases(failed, draw)).toHaveLength(3)
    expect(drawCases(failed.slice(0, 2), draw).sort()).toEqual(failed.slice(0, 2))
    const draws = ['a', 'b', 'c', 'd', 'e', 'f'].map((voterId) => drawCases(failed, { ...draw, voterId }).join())
    expect(new Set(draws).size, 'people look at different ones').toBeGreaterThan(1)
  })

  it('are at most two hundred of a type, drawn repeatably', () => {
    const contacts = Array.from({ length: 500 }, (_, index) => ({ source: 's', interactionId: `i${index}` }))
    const frozen = casesToFreeze(contacts, { month, interactionType })
    expect(frozen).toHaveLength(200)
    expect(casesToFreeze(contacts.toReversed(), { month, interactionType })).toEqual(frozen)
  })

  it.each(['expand', 'keep'] as const)('are opened before a vote to %s counts', async (action) => {
    const proposalId = await proposed(action)
    const by = people.anna.id
    await expect(vote(proposalId, by)).rejects.toMatchObject({ code: 'conflict', message: /3 of 3 are left/ })
    await expect(vote(proposalId, by, 'reject')).rejects.toThrow(/open the failed contacts/)
    const [first] = (await getReviewType(at.ledger, { month, interactionType })).evidence?.failingCases ?? []
    expect(first).toBe(failed[0])
    const drawn = await openAll(by)
    expect(drawn).toHaveLength(3)
    await expect(vote(proposalId, people.boris.id), 'each opens their own').rejects.toThrow(/3 of 3/)
    await vote(proposalId, by)
    const events = await at.ledger.db
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'case-opened')
      .execute()
    expect(events.map((event) => JSON.parse(event.leaf).data.caseSha256).sort()).toEqual(
      drawn.map((each) => each.caseKey).sort(),
    )
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('hold up no reduction, and nothing where nothing failed', async () => {
    await vote(await proposed('reduce'), people.anna.id)
    expect((await getReviewType(at.ledger, { month, interactionType })).decision?.action).toBe('reduce')
  })

  it('are none where none failed', async () => {
    await vote(await proposed('keep', []), people.anna.id)
    expect((await getReviewType(at.ledger, { month, interactionType })).decision?.action).toBe('keep')
  })

  it('are opened once, by who votes, and only those drawn', async () => {
    await proposed('keep')
    const by = people.anna.id
    const [drawn] = await openAll(by)
    await openAll(by)
    expect(await at.ledger.db.selectFrom('review_openings').selectAll().execute()).toHaveLength(3)
    const input = { month, interactionType, caseKey: drawn?.caseKey ?? '' }
    const viewer = recordCaseOpened(at.ledger, { ...input, by: people.viewer.id }, at.clock())
    await expect(viewer).rejects.toMatchObject({ code: 'forbidden' })
    const other = recordCaseOpened(at.ledger, { ...input, caseKey: '0'.repeat(64), by }, at.clock())
    await expect(other).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe("others' votes", () => {
  it('stay hidden until one has voted or the proposal is decided', async () => {
    const proposalId = await proposed('expand')
    await openAll(people.anna.id)
    await vote(proposalId, people.anna.id)
    const seenBy = async (viewerId: string) => {
      const [proposal] = (await getReviewType(at.ledger, { month, interactionType, viewerId })).proposals
      const review = await findReview(at.ledger, month, viewerId)
      return {
        votes: proposal?.votes.length,
        approvals: proposal?.approvals,
        counted: review?.types[0]?.proposal?.approvals,
      }
    }
    expect(await seenBy(people.boris.id)).toEqual({ votes: 0, approvals: null, counted: null })
    expect(await seenBy(people.rena.id)).toEqual({ votes: 0, approvals: null, counted: null })
    expect(await seenBy(people.anna.id)).toEqual({ votes: 1, approvals: 1, counted: 1 })
    expect([...(await listHiddenProposals(at.ledger.db, people.boris.id))]).toEqual([proposalId])
    expect([...(await listHiddenProposals(at.ledger.db, people.anna.id))]).toEqual([])
    await openAll(people.boris.id)
    await vote(proposalId, people.boris.id)
    expect(await seenBy(people.rena.id)).toEqual({ votes: 2, approvals: 2, counted: 2 })
    expect([...(await listHiddenProposals(at.ledger.db, people.rena.id))]).toEqual([])
  })
})

it('measures the time from first opening a type to the vote', async () => {
  const proposalId = await proposed('keep')
  const by = people.anna.id
  await recordTypeOpened(at.ledger, { month, interactionType, by }, at.clock())
  at.pass(2)
  await recordTypeOpened(at.ledger, { month, interactionType, by }, at.clock())
  at.pass(1)
  await openAll(by)
  await vote(proposalId, by)
  expect(await listVoteRecords(at.ledger, new Date(0))).toMatchObject([{ secondsToVote: 180, isOverride: false }])
})
