import fc from 'fast-check'
import { expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { oversightLevels } from '#governance/evaluate/levels.ts'
import { approvePolicy } from '#governance/policy/approve-policy.ts'
import { draftPolicy } from '#governance/policy/draft-policy.ts'
import { listPolicyDrafts } from '#governance/policy/list-policy-drafts.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { expireDecisions } from '#governance/review/expire-decisions.ts'
import { fireTripWires } from '#governance/review/fire-trip-wires.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { listDecisions } from '#governance/review/list-decisions.ts'
import { openReview } from '#governance/review/open-review.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { OversightError } from '#models/oversight-error.ts'
import { monthOf } from '#models/reporting-month.ts'
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
import { typeMonth } from '#test/build/type-history.ts'

const interactionType = 'order_status'
const day = 24 * 60
const approver = fc.constantFrom('anna', 'boris', 'chiara')
const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expire' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('publish' as const), isCritical: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('open' as const),
      evidence: fc.constantFrom('2026-08', '2026-10', '2026-11'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('propose' as const), action: fc.constantFrom('expand', 'keep') }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('vote' as const), by: approver }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), by: approver }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('draft' as const), by: approver }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('approve' as const), by: approver }) },
)
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never

it('keeps the rules of time, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 15, maxLength: 30 }), async (commands) => {
      const at = await buildLedger()
      try {
        const people = await addPeople(at)
        await addType(at, people, interactionType, 'human_in_the_loop')
        await openSeptember(at, { [interactionType]: 'expand' })
        for (const each of commands) {
          at.pass(1)
          try {
            await run(at, people, each)
          } catch (error) {
            // What may not be done ends in a refusal that people can read.
            expect(error).toBeInstanceOf(OversightError)
            expect(['forbidden', 'conflict', 'not_found']).toContain((error as OversightError).code)
            expect((error as OversightError).message).not.toMatch(/ledger refused/)
          }
        }
        await expectRulesKept(at, people)
      } finally {
        await at.remove()
      }
    }),
    { numRuns: 12 },
  )
}, 180_000)

async function run(at: TestLedger, people: People, command: Command): Promise<void> {
  const clock = at.clock()
  switch (command.kind) {
    case 'pass':
      at.pass(command.days * day)
      return
    case 'expire': {
      await expireDecisions(at.ledger, clock)
      expect(await expireDecisions(at.ledger, clock), 'a second run finds nothing').toEqual([])
      return
    }
    case 'publish': {
      const facts = { criticalDefects: command.isCritical ? 1 : 0 }
      const months = [typeMonth(interactionType, monthOf(clock.now, 'UTC'), facts)]
      const input = { histories: [{ interactionType, months }], reportingTimeZone: 'UTC' }
      await fireTripWires(at.ledger, input, clock)
      expect(await fireTripWires(at.ledger, input, clock), 'a second run finds nothing').toEqual([])
      return
    }
    case 'open': {
      const { evidence } = command
      await openReview(
        at.ledger,
        { month: evidence, interactionTypes: [], isFinal: true, reportingTimeZone: 'UTC', by: 'system' },
        clock,
      )
      return
    }
    case 'propose': {
      const tripWires = command.action === 'expand' ? [{ metric: 'critical_defects' as const, threshold: 0 }] : []
      const input = { month, interactionType, action: command.action as 'expand' | 'keep', reason: 'r', tripWires }
      await propose(at.ledger, { ...input, by: people.rena.id }, clock)
      return
    }
    case 'vote': {
      const { proposals } = await getReviewType(at.ledger, { month, interactionType })
      const proposalId = proposals[0]?.id
      if (proposalId === undefined) return
      const evidenceHash = await evidenceHashOf(at, interactionType)
      const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, password }
      await castVote(at.ledger, { ...ballot, by: people[command.by].id }, clock)
      return
    }
    case 'stop':
      await stopType(at.ledger, { interactionType, reason: 'r', by: people[command.by].id, password }, clock)
      return
    case 'draft':
      await draftPolicy(at.ledger, { policy: recommendedPolicy, reason: 'r', by: people[command.by].id }, clock)
      return
    case 'approve': {
      const [draft] = await listPolicyDrafts(at.ledger)
      if (draft === undefined) return
      const input = { draftId: draft.id, contentHash: draft.contentHash, reportingTimeZone: 'UTC' }
      await approvePolicy(at.ledger, { ...input, by: people[command.by].id, password }, clock)
    }
  }
}

async function expectRulesKept(at: TestLedger, people: People): Promise<void> {
  const { db } = at.ledger
  const decisions = (await listDecisions(at.ledger)).toReversed()
  for (const [index, decision] of decisions.entries()) {
    const earlier = decisions[index - 1]
    const isBySystem = decision.signer.id === 'system'
    expect(isBySystem).toBe(decision.kind === 'expiry' || decision.kind === 'trip_wire')
    if (isBySystem) expect(decision.action).toBe('reduce')
    if (decision.kind === 'expiry')
      expect(earlier?.validUntil.getTime()).toBeLessThanOrEqual(decision.decidedAt.getTime())
    if (earlier !== undefined) {
      expect(decision.fromLevel, 'each decision goes on from the one before').toBe(earlier.toLevel)
      const step =
        oversightLevels.indexOf(decision.toLevel ?? 'human_as_the_loop') -
        oversightLevels.indexOf(earlier.toLevel ?? 'human_as_the_loop')
      expect(Math.abs(step)).toBeLessThanOrEqual(1)
    }
    if (decision.action !== 'expand') continue
    const opened = await db.selectFrom('reviews').select(['review_month', 'opened_at']).execute()
    const later = opened.filter((row) => row.review_month > (decision.month ?? ''))
    for (const row of later) expect(row.opened_at > decision.decidedAt.toISOString()).toBe(true)
  }
  const reviews = await db.selectFrom('reviews').select('review_month').orderBy('opened_at').execute()
  const months = reviews.map((row) => row.review_month)
  expect(months).toEqual([...months].sort())
  for (const policy of await db.selectFrom('policies').selectAll().where('policy_version', '>', 1).execute()) {
    expect(policy.effective_month > policy.published_at.slice(0, 7)).toBe(true)
    const drafts = (await listPolicyDrafts(at.ledger)).filter((draft) => draft.contentHash === policy.content_sha256)
    const approvers = Object.values(people).map((person) => person.id)
    expect(
      drafts.some(({ author, approvals }) => {
        const others = approvals.filter(({ id }) => id !== author.id && approvers.includes(id))
        return others.length >= 2 && others.length === approvals.length
      }),
    ).toBe(true)
  }
  expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
}
