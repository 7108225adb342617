import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leafHash } from '#governance/audit/merkle-tree.ts'
import { verifyReceipt } from '#governance/audit/receipt.ts'
import { openNote, parseVerifierKey } from '#governance/audit/signed-note.ts'
import { findVerifierKey } from '#governance/audit/signing-key.ts'
import { levelAt } from '#governance/levels/level-at.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { listDecisions } from '#governance/review/list-decisions.ts'
import { listMoveApprovers } from '#governance/review/list-move-approvers.ts'
import { propose } from '#governance/review/propose.ts'
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
  await addType(at, people, 'order_status', 'human_in_the_loop')
})
afterEach(() => at.remove())

const proposeTo = async (action: 'expand' | 'keep' | 'reduce', by: string, reason = 'because') =>
  propose(at.ledger, { month, interactionType: 'order_status', action, reason, by }, at.clock())

const vote = async (
  proposalId: string,
  by: string,
  choice: 'approve' | 'reject' | 'abstain' = 'approve',
  change: { password?: string; evidenceHash?: string; reason?: string } = {},
) =>
  castVote(
    at.ledger,
    {
      proposalId,
      vote: choice,
      reason: 'I looked at it',
      evidenceHash: await evidenceHashOf(at, 'order_status'),
      by,
      password,
      ...change,
    },
    at.clock(),
  )

describe('signing a vote', () => {
  it('expands by one level with two approvals, in force from that instant', async () => {
    await openSeptember(at, { order_status: 'expand' })
    const { proposalId, requiredApprovals } = await proposeTo('expand', people.rena.id)
    expect(requiredApprovals).toBe(2)
    const first = await vote(proposalId, people.anna.id)
    expect(first.decision).toBeNull()
    at.pass(10)
    const { decision, meaning } = await vote(proposalId, people.boris.id)
    expect(meaning).toBe('approved expanding order_status to on-the-loop')
    expect(decision).toMatchObject({
      kind: 'cycle',
      action: 'expand',
      fromLevel: 'human_in_the_loop',
      toLevel: 'human_on_the_loop',
      signer: { name: 'Boris', role: 'approver' },
    })
    const now = at.clock().now
    const before = await levelAt(at.ledger, { interactionType: 'order_status', at: new Date(now.getTime() - 1) })
    expect(before?.level).toBe('human_in_the_loop')
    expect((await levelAt(at.ledger, { interactionType: 'order_status', at: now }))?.level).toBe('human_on_the_loop')
    expect(decision?.validUntil.toISOString()).toMatch(/^2027-04-12/)
    // Beside Boris, who signed it.
    expect([...(await listMoveApprovers(at.ledger))]).toEqual([[decision?.id, ['Anna']]])
  })

  it('gives a receipt that proves the signature offline', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    const { receipt } = await vote(proposalId, people.anna.id)
    expect(receipt.problem).toBeNull()
    const verifier = parseVerifierKey(findVerifierKey(at.ledger.keysDirectory) ?? '')
    const event = await at.ledger.db
      .selectFrom('audit_events')
      .selectAll()
      .where('seq', '=', receipt.seq)
      .executeTakeFirstOrThrow()
    expect(event.action).toBe('decision-recorded')
    const text = receipt.text ?? ''
    expect(verifyReceipt(text, leafHash(event.leaf), verifier).index).toBe(receipt.seq)
    expect(() => verifyReceipt(text, leafHash(event.leaf.replace('keep', 'peek')), verifier)).toThrow(/not at place/)
    expect(() => openNote(text.slice(text.indexOf('\n\n') + 2).replace('\n', 'x\n'), verifier)).toThrow(/does not fit/)
  })

  it('records name, role, time with zone, meaning and the evidence that was seen', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    await vote(proposalId, people.anna.id, 'abstain', { reason: 'I was on leave' })
    const { proposals, evidence } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
    expect(proposals[0]?.votes).toEqual([
      {
        id: expect.any(String),
        voter: { id: people.anna.id, name: 'Anna', role: 'approver' },
        vote: 'abstain',
        reason: 'I was on leave',
        meaning: 'abstained from keeping order_status in-the-loop',
        evidenceHash: evidence?.contentHash,
        signedAt: at.clock().now,
        timeZone: 'Europe/Berlin',
      },
    ])
  })

  it('needs the password again, and the right one', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    await expect(vote(proposalId, people.anna.id, 'approve', { password: 'wrong' })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect(await listDecisions(at.ledger, { month })).toEqual([])
  })

  it('needs a reason to reject or abstain', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    for (const choice of ['reject', 'abstain'] as const) {
      await expect(vote(proposalId, people.anna.id, choice, { reason: '  ' })).rejects.toMatchObject({
        code: 'bad_input',
      })
    }
  })

  it('refuses a second vote of the same person', async () => {
    await openSeptember(at, { order_status: 'expand' })
    const { proposalId } = await proposeTo('expand', people.rena.id)
    await vote(proposalId, people.anna.id)
    await expect(vote(proposalId, people.anna.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await listDecisions(at.ledger, { month })).toEqual([])
  })

  it('refuses a vote on other evidence than the current one', async () => {
    await openSeptember(at, { order_status: 'expand' })
    const { proposalId } = await proposeTo('expand', people.rena.id)
    const seen = await evidenceHashOf(at, 'order_status')
    await vote(proposalId, people.anna.id)
    await freeze(at, { order_status: 'expand' }, { errors: 9 })
    await expect(vote(proposalId, people.boris.id, 'approve', { evidenceHash: seen })).rejects.toThrow(
      /evidence changed/,
    )
    await expect(vote(proposalId, people.boris.id)).rejects.toThrow(/evidence changed/)
    const { proposals } = await getReviewType(at.ledger, { month, interactionType: 'order_status' })
    expect(proposals[0]?.state).toBe('stale')
  })

  it('goes on when a new snapshot has the same numbers', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    expect(await freeze(at, { order_status: 'keep' }, { snapshotId: 4 })).toEqual([
      { interactionType: 'order_status', outcome: 'unchanged' },
    ])
    expect((await vote(proposalId, people.anna.id)).decision).not.toBeNull()
  })

  it('blocks an expansion with one rejection, for this evidence', async () => {
    await openSeptember(at, { order_status: 'expand' })
    const { proposalId } = await proposeTo('expand', people.rena.id)
    await vote(proposalId, people.anna.id)
    await vote(proposalId, people.boris.id, 'reject')
    await expect(vote(proposalId, people.chiara.id)).rejects.toThrow(/rejected/)
    await expect(proposeTo('expand', people.rena.id)).rejects.toThrow(/rejected on this evidence/)
    const keep = await proposeTo('keep', people.rena.id)
    expect(keep).toMatchObject({ isOverride: true, requiredApprovals: 2 })
  })

  it('lets a rejection stand beside a keep that others approve', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    await vote(proposalId, people.boris.id, 'reject')
    expect((await vote(proposalId, people.anna.id)).decision?.action).toBe('keep')
  })

  it('reduces at once on one approval, the proposer own one included', async () => {
    await openSeptember(at, { order_status: 'reduce' })
    const { proposalId } = await proposeTo('reduce', people.anna.id)
    const { decision } = await vote(proposalId, people.anna.id)
    expect(decision?.toLevel).toBe('human_as_the_loop')
  })

  it('lets one of two parallel voters decide and tells the other', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    const results = await Promise.allSettled([
      vote(proposalId, people.anna.id),
      vote(proposalId, people.boris.id),
      vote(proposalId, people.chiara.id),
    ])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' })
    }
    expect(await listDecisions(at.ledger, { month })).toHaveLength(1)
  })

  it('takes one vote when the same person signs twice at once', async () => {
    await openSeptember(at, { order_status: 'expand' })
    const { proposalId } = await proposeTo('expand', people.rena.id)
    const results = await Promise.allSettled([vote(proposalId, people.anna.id), vote(proposalId, people.anna.id)])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await listDecisions(at.ledger, { month })).toEqual([])
  })

  it('takes no vote once the type is decided', async () => {
    await openSeptember(at, { order_status: 'keep' })
    const { proposalId } = await proposeTo('keep', people.rena.id)
    await vote(proposalId, people.anna.id)
    await expect(vote(proposalId, people.boris.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(proposeTo('keep', people.rena.id)).rejects.toThrow(/decided/)
  })
})
