import { describe, expect, it, onTestFinished } from 'vitest'
import { runDue } from '#app/cli/review-tick.ts'
import { levelAt } from '#governance/levels/level-at.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { findReview } from '#governance/review/find-review.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { addPeople, addType, buildLedger, month, password, type TestLedger } from '#test/build/ledger.ts'
import { openDrawnCases } from '#test/build/open-drawn-cases.ts'
import { type Facts, warehouseOf } from '#test/models/warehouse-of.ts'

const interactionType = 'order_status'
const day = 24 * 60

/** Forty reviewed contacts of each month, so many of them wrong. */
function contacts(...months: { month: string; errors: number; critical?: boolean }[]): Facts {
  const rows = months.flatMap(({ month: of, errors, critical }) =>
    Array.from({ length: 40 }, (_, index) => ({
      id: `${of}-${index}`,
      at: `${of}-${String(1 + (index % 28)).padStart(2, '0')}`,
      isWrong: index < errors,
      isCritical: critical === true && index === 0,
    })),
  )
  return {
    interactions: rows.map(({ id, at }) => ({
      interaction_id: id,
      interaction_type: interactionType,
      started_at: new Date(`${at}T10:00:00Z`),
      ai_version: '4.2',
    })),
    qa_reviews: rows.map(({ id, at, isWrong, isCritical }) => ({
      review_id: id,
      interaction_id: id,
      sampled_at: new Date(`${at}T12:00:00Z`),
      reviewed_at: new Date(`${at}T13:00:00Z`),
      outcome: isWrong ? ('fail' as const) : ('pass' as const),
      ...(isCritical ? { severity: 'critical' as const, defect: 'other' as const } : {}),
    })),
  }
}

async function ledgerOf(): Promise<TestLedger> {
  const at = await buildLedger()
  onTestFinished(() => at.remove())
  return at
}

describe('what is due', () => {
  it('opens the review of the newest final month once, and reminds of what waits', async () => {
    const at = await ledgerOf()
    await addType(at, await addPeople(at), interactionType, 'human_in_the_loop')
    const { db } = await warehouseOf(contacts({ month: '2026-08', errors: 1 }, { month, errors: 1 }))
    const first = await runDue({ ledger: at.ledger, warehouse: db }, at.clock())
    expect(first).toMatchObject({ opened: month, expired: [], tripped: [], revised: [] })
    expect(first.reminders).toMatchObject([
      {
        kind: 'review_due',
        subject: month,
        isOverdue: false,
        what: expect.stringMatching(/1 type .* September 2026 waits/),
      },
    ])
    expect((await findReview(at.ledger, month))?.types[0]?.recommendation).toBe('keep')
    expect(await runDue({ ledger: at.ledger, warehouse: db }, at.clock())).toMatchObject({ opened: null, revised: [] })
    at.pass(15 * day)
    const late = await runDue({ ledger: at.ledger, warehouse: db }, at.clock())
    expect(late.reminders).toMatchObject([{ kind: 'review_due', isOverdue: true }])
  })

  it('does nothing before anything is loaded', async () => {
    const at = await ledgerOf()
    expect(await runDue({ ledger: at.ledger, warehouse: undefined }, at.clock())).toEqual({
      expired: [],
      tripped: [],
      revised: [],
      opened: null,
      reminders: [],
    })
  })

  it('announces that a decision expires, then steps the type down', async () => {
    const at = await ledgerOf()
    await addType(at, await addPeople(at), interactionType, 'human_on_the_loop')
    at.pass(150 * day)
    const before = await runDue({ ledger: at.ledger, warehouse: undefined }, at.clock())
    expect(before.reminders).toMatchObject([
      { kind: 'decision_expires', what: expect.stringMatching(/valid until 2027-04-12; .* steps down to in-the-loop/) },
    ])
    at.pass(35 * day)
    const after = await runDue({ ledger: at.ledger, warehouse: undefined }, at.clock())
    expect(after).toMatchObject({ expired: [{ toLevel: 'human_in_the_loop' }], reminders: [] })
  })

  it('reminds of a stop that no second person looked at', async () => {
    const at = await ledgerOf()
    const people = await addPeople(at)
    await addType(at, people, interactionType, 'human_in_the_loop')
    await stopType(at.ledger, { interactionType, reason: 'wrong', by: people.anna.id, password }, at.clock())
    const { reminders } = await runDue({ ledger: at.ledger, warehouse: undefined }, at.clock())
    expect(reminders).toMatchObject([{ kind: 'stop_approval_due', what: expect.stringMatching(/by Anna waits/) }])
  })

  it('makes proposals stale when a publish changed their numbers, and fires what was agreed', async () => {
    const at = await ledgerOf()
    const people = await addPeople(at)
    await addType(at, people, interactionType, 'human_in_the_loop')
    const september = { month, errors: 1 }
    const first = await warehouseOf(contacts(september))
    await runDue({ ledger: at.ledger, warehouse: first.db }, at.clock())
    const { proposalId } = await propose(
      at.ledger,
      {
        month,
        interactionType,
        action: 'expand',
        reason: 'to show the wires',
        by: people.rena.id,
        tripWires: [{ metric: 'critical_defects', threshold: 0 }],
      },
      at.clock(),
    )
    const hash = async () => (await getReviewType(at.ledger, { month, interactionType })).evidence?.contentHash ?? ''
    const vote = async (by: string) => {
      await openDrawnCases(at.ledger, { month, interactionType, by }, at.clock())
      await castVote(
        at.ledger,
        { proposalId, vote: 'approve', reason: '', evidenceHash: await hash(), by, password },
        at.clock(),
      )
    }
    const changed = await warehouseOf(contacts({ month, errors: 3 }))
    const level = async () => (await levelAt(at.ledger, { interactionType, at: at.clock().now }))?.level

    await vote(people.anna.id)
    await vote(people.boris.id)
    expect(await level()).toBe('human_on_the_loop')
    at.pass(30 * day)
    const later = await warehouseOf(contacts(september, { month: '2026-10', errors: 1, critical: true }))
    const done = await runDue({ ledger: at.ledger, warehouse: later.db }, at.clock())
    expect(done).toMatchObject({ tripped: [{ interactionType, toLevel: 'human_in_the_loop' }], opened: '2026-10' })
    expect(await level()).toBe('human_in_the_loop')

    // The evidence of a decided type stays; that of an open one follows the numbers.
    const again = await runDue({ ledger: at.ledger, warehouse: changed.db }, at.clock())
    expect(again.revised).toEqual([{ month: '2026-10', interactionType }])
  })
})
