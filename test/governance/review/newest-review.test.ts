import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { castVote } from '#governance/review/cast-vote.ts'
import { openReview } from '#governance/review/open-review.ts'
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
const daysToNovember = 35 * 24 * 60

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, interactionType, 'human_in_the_loop')
})
afterEach(() => at.remove())

const open = (evidenceMonth: string) =>
  openReview(
    at.ledger,
    { month: evidenceMonth, interactionTypes: [], isFinal: true, reportingTimeZone: 'Europe/Berlin', by: 'system' },
    at.clock(),
  )
const suggest = (action: 'expand' | 'keep' | 'reduce') =>
  propose(at.ledger, { month, interactionType, action, reason: 'because', by: people.rena.id }, at.clock())
const vote = async (proposalId: string, by: string, choice: 'approve' | 'reject' = 'approve') => {
  const evidenceHash = await evidenceHashOf(at, interactionType)
  const ballot = { proposalId, vote: choice, reason: 'because', evidenceHash, by, password }
  return castVote(at.ledger, ballot, at.clock())
}

describe('old evidence does not move the level in force', () => {
  it('opens no review of a month older than the newest that was opened', async () => {
    await openSeptember(at, { [interactionType]: 'keep' })
    await expect(open('2026-08')).rejects.toMatchObject({ code: 'conflict' })
    await expect(open('2026-08')).rejects.toThrow(
      /review of September 2026 was opened already, so August 2026 is past.*Decide on the newest month/,
    )
    at.pass(daysToNovember)
    expect(await open('2026-10')).toMatchObject({ month: '2026-10' })
  })

  it('proposes no expansion on a month that a later review has overtaken', async () => {
    await openSeptember(at, { [interactionType]: 'expand' })
    at.pass(daysToNovember)
    await open('2026-10')
    await expect(suggest('expand')).rejects.toThrow(
      /review of October 2026 was opened since, so order_status can no longer be expanded on the evidence of September/,
    )
  })

  it('decides no expansion on it either, even when one approval came before', async () => {
    await openSeptember(at, { [interactionType]: 'expand' })
    const { proposalId } = await suggest('expand')
    await vote(proposalId, people.anna.id)
    at.pass(daysToNovember)
    await open('2026-10')
    await expect(vote(proposalId, people.boris.id)).rejects.toMatchObject({ code: 'conflict' })
    expect((await vote(proposalId, people.chiara.id, 'reject')).decision).toBeNull()
  })

  it.each(['keep', 'reduce'] as const)('still takes a decision to %s, which gives no more autonomy', async (action) => {
    await openSeptember(at, { [interactionType]: action })
    const { proposalId } = await suggest(action)
    at.pass(daysToNovember)
    await open('2026-10')
    expect((await vote(proposalId, people.anna.id)).decision).toMatchObject({ action, month })
  })
})
