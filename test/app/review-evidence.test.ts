import { describe, expect, it, onTestFinished } from 'vitest'
import { freezeOpenReviews } from '#app/freeze-open-reviews.ts'
import { freezeMonthEvidence, openMonthlyReview } from '#app/review-evidence.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { openReview } from '#governance/review/open-review.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { listMajorityReviewers } from '#models/monthly/list-majority-reviewers.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { addPeople, addType, buildLedger, month, password, type TestLedger } from '#test/build/ledger.ts'
import { openDrawnCases } from '#test/build/open-drawn-cases.ts'
import { type Facts, warehouseOf } from '#test/models/warehouse-of.ts'

/** Forty contacts of September, all reviewed: most by r1, the first few of them wrong. */
function september(errors: number): Facts {
  const day = (index: number) => String(1 + (index % 28)).padStart(2, '0')
  return {
    interactions: Array.from({ length: 40 }, (_, index) => ({
      interaction_id: `i${index}`,
      interaction_type: 'order_status',
      started_at: new Date(`2026-09-${day(index)}T10:00:00Z`),
      ai_version: '4.2',
    })),
    qa_reviews: Array.from({ length: 40 }, (_, index) => ({
      review_id: `r${index}`,
      interaction_id: `i${index}`,
      reviewer_id: index < 25 ? 'r1' : 'r2',
      sampled_at: new Date(`2026-09-${day(index)}T12:00:00Z`),
      reviewed_at: new Date(`2026-09-${day(index)}T13:00:00Z`),
      outcome: index < errors ? ('fail' as const) : ('pass' as const),
    })),
  }
}

async function ledgerOf(): Promise<TestLedger> {
  const at = await buildLedger()
  onTestFinished(() => at.remove())
  return at
}

describe('the evidence of a monthly review', () => {
  it('goes from the warehouse to a signed decision that the trail proves', async () => {
    const at = await ledgerOf()
    const people = await addPeople(at)
    await addType(at, people, 'order_status', 'human_in_the_loop')
    const { db } = await warehouseOf(september(3))
    const input = { ledger: at.ledger, warehouse: db, month, by: people.rena.id }
    const { review, outcomes } = await openMonthlyReview(input, at.clock())
    expect(outcomes).toEqual([{ interactionType: 'order_status', outcome: 'frozen' }])
    expect(review.types[0]).toMatchObject({ recommendation: 'keep', level: 'human_in_the_loop' })

    const { evidence } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
    expect(evidence?.evaluation.gates.find((gate) => gate.gate === 'G1')).toMatchObject({
      numerator: 3,
      denominator: 40,
      value: 3 / 40,
      label: expect.any(String),
    })
    expect(evidence?.majorityReviewer).toBe('r1')

    const proposal = { month, interactionType: 'order_status', action: 'keep' as const, reason: '', by: people.rena.id }
    const { proposalId } = await propose(at.ledger, proposal, at.clock())
    const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash: evidence?.contentHash ?? '' }
    const opening = { month, interactionType: 'order_status', by: people.anna.id }
    expect(await openDrawnCases(at.ledger, opening, at.clock()), 'as many as failed').toBe(3)
    const { decision } = await castVote(at.ledger, { ...ballot, by: people.anna.id, password }, at.clock())
    expect(decision?.action).toBe('keep')
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('is the same after a mere rebuild and revised after other numbers', async () => {
    const at = await ledgerOf()
    const first = await warehouseOf(september(3))
    const input = { ledger: at.ledger, month, by: 'system' }
    await openMonthlyReview({ ...input, warehouse: first.db }, at.clock())
    at.pass(60 * 24)
    const rebuilt = await warehouseOf(september(3))
    expect(await freezeMonthEvidence({ ...input, warehouse: rebuilt.db }, at.clock())).toMatchObject([
      { outcome: 'unchanged' },
    ])
    const changed = await warehouseOf(september(4))
    expect(await freezeMonthEvidence({ ...input, warehouse: changed.db }, at.clock())).toMatchObject([
      { outcome: 'revised' },
    ])
  })

  it('is judged again with the level that a stop left in force, of the stopped type alone', async () => {
    const at = await ledgerOf()
    const people = await addPeople(at)
    await addType(at, people, 'order_status', 'human_on_the_loop')
    await addType(at, people, 'refund_request', 'human_on_the_loop')
    const { db } = await warehouseOf(september(0))
    await openMonthlyReview({ ledger: at.ledger, warehouse: db, month, by: people.rena.id }, at.clock())
    const reads = () => getReviewType(at.ledger, { month, interactionType: 'order_status' })
    const stop = { interactionType: 'order_status', reason: 'Links lead nowhere', by: people.anna.id, password }
    await stopType(at.ledger, stop, at.clock())
    expect(await reads()).toMatchObject({
      level: 'human_in_the_loop',
      evidence: { standing: { level: 'human_on_the_loop' }, revision: 1 },
    })

    const input = { ledger: at.ledger, warehouse: db }
    expect(await freezeOpenReviews({ ...input, only: 'refund_request' }, at.clock())).toEqual([])
    expect(await freezeOpenReviews({ ...input, only: 'order_status' }, at.clock())).toEqual([
      { month, interactionType: 'order_status' },
    ])
    expect(await reads()).toMatchObject({ evidence: { standing: { level: 'human_in_the_loop' }, revision: 2 } })
  })

  it('is judged on nothing for a type whose contacts were given another type since', async () => {
    const at = await ledgerOf()
    const input = { ledger: at.ledger, month, by: 'system' }
    await openMonthlyReview({ ...input, warehouse: (await warehouseOf(september(3))).db }, at.clock())
    const renamed = september(3)
    for (const contact of renamed.interactions ?? []) contact.interaction_type = 'order_tracking'
    const { db } = await warehouseOf(renamed)
    expect(await freezeMonthEvidence({ ...input, warehouse: db }, at.clock())).toEqual([
      { interactionType: 'order_status', outcome: 'revised' },
      { interactionType: 'order_tracking', outcome: 'frozen' },
    ])
    const { evidence } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
    expect(evidence?.evaluation.recommendation).toBe('keep')
    expect(evidence?.evaluation.gates.every((gate) => gate.verdict === 'inconclusive')).toBe(true)
    expect(await freezeMonthEvidence({ ...input, warehouse: db }, at.clock())).toMatchObject([
      { outcome: 'unchanged' },
      { outcome: 'unchanged' },
    ])
  })

  it('goes on where a run was cut off between opening and freezing, and only there', async () => {
    const at = await ledgerOf()
    const { db } = await warehouseOf(september(3))
    const types = { interactionTypes: ['order_status'], isFinal: true, reportingTimeZone: 'UTC' }
    await openReview(at.ledger, { month, by: 'system', ...types }, at.clock())
    const input = { ledger: at.ledger, warehouse: db, month, by: 'system' }
    expect((await openMonthlyReview(input, at.clock())).outcomes).toMatchObject([{ outcome: 'frozen' }])
    await expect(openMonthlyReview(input, at.clock())).rejects.toMatchObject({ code: 'conflict' })
  })

  it('says which months are loaded when asked for another', async () => {
    const at = await ledgerOf()
    const { db } = await warehouseOf(september(3))
    const input = { ledger: at.ledger, warehouse: db, month: '2026-08', by: 'system' }
    await expect(openMonthlyReview(input, at.clock())).rejects.toThrow(/2026-09 to 2026-09/)
  })

  it('names who reviewed more than half of the sample, never exactly half', async () => {
    const range = { from: parseMonth(month), through: parseMonth(month) }
    const { db } = await warehouseOf(september(3))
    expect(await listMajorityReviewers(db, range)).toEqual(new Map([['order_status', 'r1']]))
    const even = september(3)
    for (const [index, review] of (even.qa_reviews ?? []).entries()) review.reviewer_id = index < 20 ? 'r1' : 'r2'
    expect(await listMajorityReviewers((await warehouseOf(even)).db, range)).toEqual(new Map())
  })
})
