import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordTypeFacts } from '#governance/registry/record-type-facts.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { withdrawProposal } from '#governance/review/withdraw-proposal.ts'
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

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
})
afterEach(() => at.remove())

const proposeFor = (
  interactionType: string,
  action: 'expand' | 'keep' | 'reduce',
  change: { by?: string; reason?: string; month?: string } = {},
) => propose(at.ledger, { month, interactionType, action, reason: '', by: people.rena.id, ...change }, at.clock())

describe('proposing', () => {
  it('follows the recommendation without a reason, goes against it only with one', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    await expect(proposeFor('order_status', 'expand')).rejects.toMatchObject({ code: 'bad_input' })
    await expect(proposeFor('order_status', 'expand', { reason: '   ' })).rejects.toMatchObject({ code: 'bad_input' })
    expect(await proposeFor('order_status', 'expand', { reason: 'a pilot' })).toMatchObject({
      isOverride: true,
      requiredApprovals: 2,
      toLevel: 'human_on_the_loop',
    })
  })

  it.each([
    ['expand', 'expand', 2],
    ['keep', 'keep', 1],
    ['reduce', 'reduce', 1],
    ['keep', 'expand', 2],
    ['reduce', 'keep', 2],
    ['expand', 'keep', 2],
    ['expand', 'reduce', 1],
    ['keep', 'reduce', 1],
  ] as const)('recommended %s, proposed %s: %i approvals', async (recommended, action, approvals) => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: recommended })
    const { requiredApprovals } = await proposeFor('order_status', action, { reason: 'because' })
    expect(requiredApprovals).toBe(approvals)
  })

  it('is for reviewers and approvers', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    for (const { id } of [people.viewer, people.admin]) {
      await expect(proposeFor('order_status', 'keep', { by: id })).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(proposeFor('order_status', 'keep', { by: 'system' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(proposeFor('order_status', 'keep', { by: 'nobody' })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  it.each([
    ['an unregistered type', /no level is in force/, undefined, {}],
    ['a type without a baseline', /no level is in force/, null, {}],
    ['a type at its ceiling', /ceiling is in-the-loop/, 'human_in_the_loop', { ceiling: 'human_in_the_loop' }],
    ['a type on the loop', /on the loop already/, 'human_on_the_loop', {}],
    ['a high-risk type', /high risk tier never expands/, 'human_in_the_loop', { riskTier: 'high' }],
    ['a type whose customers are not told', /customers are told/, 'human_in_the_loop', { isDisclosureAttested: false }],
  ] as const)('refuses to expand %s, whatever the reason', async (_name, message, level, change) => {
    if (level !== undefined) await addType(at, people, 'order_status', level, change)
    await openSeptember(at, { order_status: 'keep' })
    await expect(proposeFor('order_status', 'expand', { reason: 'we want it' })).rejects.toThrow(message)
    expect(await proposeFor('order_status', 'keep')).toMatchObject({ requiredApprovals: 1 })
  })

  it('refuses to expand to a level that the risk class bars', async () => {
    await addType(at, people, 'order_status', 'human_as_the_loop')
    const facts = { riskClassReason: 'credit', hasLegalEffect: false, knowledgeSources: '', moneyLimit: null }
    await recordTypeFacts(
      at.ledger,
      { ...facts, interactionType: 'order_status', riskClass: 'blocked', by: people.admin.id },
      at.clock(),
    )
    await openSeptember(at, { order_status: 'keep' })
    await expect(proposeFor('order_status', 'expand', { reason: 'we want it' })).rejects.toThrow(/people always lead/)
  })

  it('refuses to reduce what a human leads', async () => {
    await addType(at, people, 'order_status', 'human_as_the_loop')
    await openSeptember(at, { order_status: 'reduce' })
    await expect(proposeFor('order_status', 'reduce')).rejects.toThrow(/a human leads it already/)
  })

  it('refuses a month or type without evidence', async () => {
    await expect(proposeFor('order_status', 'keep')).rejects.toMatchObject({ code: 'not_found' })
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    await expect(proposeFor('unheard_of', 'keep')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is one at a time; a withdrawal makes room and keeps the votes on record', async () => {
    await addType(at, people, 'order_status', 'human_in_the_loop')
    await openSeptember(at, { order_status: 'expand' })
    const first = await proposeFor('order_status', 'expand')
    const evidenceHash = await evidenceHashOf(at, 'order_status')
    await castVote(
      at.ledger,
      { proposalId: first.proposalId, vote: 'approve', reason: '', evidenceHash, by: people.anna.id, password },
      at.clock(),
    )
    await expect(proposeFor('order_status', 'keep', { reason: 'r' })).rejects.toThrow(/open proposal/)
    const withdraw = (by: string) =>
      withdrawProposal(at.ledger, { proposalId: first.proposalId, reason: 'a defect came up', by }, at.clock())
    await expect(withdraw(people.viewer.id)).rejects.toMatchObject({ code: 'forbidden' })
    await withdraw(people.rena.id)
    await expect(withdraw(people.rena.id)).rejects.toThrow(/is withdrawn/)
    at.pass(1)
    await proposeFor('order_status', 'keep', { reason: 'a defect came up' })
    const { proposals } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
    expect(proposals.map((proposal) => [proposal.action, proposal.state, proposal.votes.length])).toEqual([
      ['keep', 'open', 0],
      ['expand', 'withdrawn', 1],
    ])
  })

  it('does not expand on evidence that was judged at another level', async () => {
    await addType(at, people, 'order_status', 'human_on_the_loop')
    await openSeptember(at, { order_status: 'keep' })
    await stopType(
      at.ledger,
      { interactionType: 'order_status', reason: 'wrong answers', by: people.owner.id, password },
      at.clock(),
    )
    await expect(proposeFor('order_status', 'expand', { reason: 'back' })).rejects.toThrow(/Freeze the evidence again/)
    await freeze(at, { order_status: 'keep' })
    expect(await proposeFor('order_status', 'expand', { reason: 'back' })).toMatchObject({ requiredApprovals: 2 })
  })
})
