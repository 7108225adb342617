import fc from 'fast-check'
import { expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { oversightLevels } from '#governance/evaluate/levels.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { needsQuorum } from '#governance/review/vote-obstacle.ts'
import { withdrawProposal } from '#governance/review/withdraw-proposal.ts'
import { OversightError } from '#models/oversight-error.ts'
import {
  addPeople,
  addType,
  buildLedger,
  freeze,
  month,
  openSeptember,
  type People,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'

const interactionType = 'order_status'
const person = fc.constantFrom('anna', 'boris', 'chiara', 'rena', 'owner', 'admin', 'viewer')
const action = fc.constantFrom('expand', 'expand', 'keep', 'reduce')
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('propose'), by: fc.constantFrom('rena', 'anna', 'viewer'), action }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('vote'),
      by: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('anna', 'boris', 'chiara') },
        { weight: 1, arbitrary: person },
      ),
      vote: fc.constantFrom('approve', 'approve', 'approve', 'approve', 'approve', 'reject', 'abstain'),
      onNewest: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw'), by: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop'), by: person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('freeze'), errors: fc.integer({ min: 6, max: 8 }) }) },
)
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never

it('keeps the rules whatever people try in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(command, { minLength: 15, maxLength: 30 }),
      fc.constantFrom('expand', 'keep', 'reduce'),
      async (commands, recommendation) => {
        const at = await buildLedger()
        try {
          const people = await addPeople(at)
          await addType(at, people, interactionType, 'human_in_the_loop')
          await openSeptember(at, { [interactionType]: recommendation })
          for (const each of commands) {
            at.pass(1)
            await run(at, people, each, recommendation)
          }
          await expectRulesKept(at, people)
        } finally {
          await at.remove()
        }
      },
    ),
    { numRuns: 12 },
  )
}, 120_000)

/** What people may not do ends in a refusal that they can read, never in an internal error. */
async function run(at: TestLedger, people: People, command: Command, recommendation: 'expand' | 'keep' | 'reduce') {
  const { proposals, evidence } = await getReviewType(at.ledger, { month, interactionType })
  const newest = proposals[0]
  const evidenceHash = evidence?.contentHash ?? ''
  const reason = 'because'
  try {
    if ('errors' in command) await freeze(at, { [interactionType]: recommendation }, { errors: command.errors })
    else {
      const by = people[command.by].id
      if ('action' in command) {
        await propose(at.ledger, { month, interactionType, action: command.action, reason, by }, at.clock())
      } else if ('vote' in command && newest !== undefined) {
        const { id: proposalId } = command.onNewest ? newest : (proposals.at(-1) ?? newest)
        const ballot = { proposalId, vote: command.vote, reason, evidenceHash, by, password }
        await castVote(at.ledger, ballot, at.clock())
      } else if (command.kind === 'withdraw' && newest !== undefined) {
        await withdrawProposal(at.ledger, { proposalId: newest.id, reason, by }, at.clock())
      } else if (command.kind === 'stop') {
        await stopType(at.ledger, { interactionType, reason, by, password }, at.clock())
      }
    }
  } catch (error) {
    expect(error).toBeInstanceOf(OversightError)
    expect(['forbidden', 'conflict']).toContain((error as OversightError).code)
    expect((error as OversightError).message).not.toMatch(/ledger refused/)
  }
}

async function expectRulesKept(at: TestLedger, people: People) {
  const { proposals, decision } = await getReviewType(at.ledger, { month, interactionType })
  expect(proposals.filter((proposal) => proposal.state === 'open').length).toBeLessThanOrEqual(1)
  expect(proposals.filter((proposal) => proposal.state === 'decided').length).toBe(decision === null ? 0 : 1)
  for (const proposal of proposals) {
    const approvers = proposal.votes.filter((vote) => vote.vote === 'approve').map((vote) => vote.voter.id)
    expect(new Set(proposal.votes.map((vote) => vote.voter.id)).size).toBe(proposal.votes.length)
    const voters = ['anna', 'boris', 'chiara', 'owner'].map((name) => people[name as keyof People].id)
    expect(voters).toEqual(expect.arrayContaining(proposal.votes.map((vote) => vote.voter.id)))
    if (proposal.action !== 'reduce') expect(approvers).not.toContain(proposal.proposedBy.id)
    if (needsQuorum(proposal)) expect(approvers).not.toContain(people.owner.id)
    if (proposal.state !== 'decided') continue
    expect(approvers.length).toBeGreaterThanOrEqual(needsQuorum(proposal) ? 2 : 1)
    if (needsQuorum(proposal)) expect(proposal.votes.some((vote) => vote.vote === 'reject')).toBe(false)
  }
  const levels = await at.ledger.db.selectFrom('level_intervals').selectAll().orderBy('effective_from').execute()
  for (const [index, level] of levels.entries()) {
    const next = levels[index + 1]
    expect(level.effective_to).toBe(next?.effective_from ?? null)
    if (next === undefined) continue
    const [from, to] = [level, next].map((each) => oversightLevels.indexOf(each.oversight_level))
    expect(Math.abs((to ?? 0) - (from ?? 0))).toBe(1)
  }
  expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
}
