import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { approvePolicy } from '#governance/policy/approve-policy.ts'
import { backTest } from '#governance/policy/back-test.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { diffPolicies } from '#governance/policy/diff-policies.ts'
import { draftPolicy } from '#governance/policy/draft-policy.ts'
import { listPolicyDrafts } from '#governance/policy/list-policy-drafts.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { openReview } from '#governance/review/open-review.ts'
import { getPolicyOfMonth } from '#governance/review/published-policy.ts'
import { addPeople, type BuiltLedger, buildLedger, type People, password } from '#test/build/ledger.ts'
import { typeHistory, typeStanding } from '#test/build/type-history.ts'

let at: BuiltLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
})
afterEach(() => at.remove())

const draft = (by = people.anna.id, policy: unknown = recommendedPolicy) =>
  draftPolicy(at.ledger, { policy, reason: 'see deterioration', by }, at.clock())
const approve = ({ draftId, contentHash }: { draftId: string; contentHash: string }, by: string) =>
  approvePolicy(at.ledger, { draftId, contentHash, reportingTimeZone: 'Europe/Berlin', by, password }, at.clock())
const inForce = async (month: string) => (await getPolicyOfMonth(at.ledger.db, month)).policy.version

describe('a policy', () => {
  it('changes by a draft that two others than its author approve, from the next month on', async () => {
    const made = await draft()
    expect(await approve(made, people.boris.id)).toMatchObject({ approvals: 1, requiredApprovals: 2, published: null })
    expect(await inForce('2026-12')).toBe(1)
    expect(await approve(made, people.chiara.id)).toMatchObject({
      published: { version: 2, effectiveMonth: '2026-11' },
    })
    expect([await inForce('2026-09'), await inForce('2026-10'), await inForce('2026-11')]).toEqual([1, 1, 2])
    expect((await getPolicyOfMonth(at.ledger.db, '2026-11')).policy).toEqual(recommendedPolicy)
    expect(await listPolicyDrafts(at.ledger)).toMatchObject([
      { id: made.draftId, author: { name: 'Anna' }, approvals: [{ name: 'Boris' }, { name: 'Chiara' }] },
    ])
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('says when decisions of a review are due, 14 days after it opens unless it does', async () => {
    const days = async (month: string) => {
      const clock = at.clock()
      const review = { month, interactionTypes: ['x'], isFinal: true, reportingTimeZone: 'Europe/Berlin' }
      const { dueAt } = await openReview(at.ledger, { ...review, by: 'system' }, clock)
      return Math.round((dueAt.getTime() - clock.now.getTime()) / 86_400_000)
    }
    expect(await days('2026-09')).toBe(14)
    const made = await draft(people.anna.id, { ...recommendedPolicy, dueDays: 21 })
    await approve(made, people.boris.id)
    await approve(made, people.chiara.id)
    at.pass(60 * 24 * 60)
    expect(await days('2026-11')).toBe(21)
  })

  it('takes effect a month later where the new month has begun already, there or in UTC', async () => {
    at.pass(19 * 24 * 60 + 14 * 60 + 30)
    expect(at.clock().now.toISOString()).toBe('2026-10-31T23:30:00.000Z')
    const made = await draft()
    await approve(made, people.boris.id)
    expect((await approve(made, people.chiara.id)).published).toMatchObject({ effectiveMonth: '2026-12' })
  })

  it('is not approved by its author, by who is no approver, twice by one person, or unread', async () => {
    const made = await draft()
    await expect(approve(made, people.anna.id)).rejects.toThrow(/You wrote this policy/)
    await expect(approve(made, people.admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(approve(made, people.rena.id)).rejects.toMatchObject({ code: 'forbidden' })
    await approve(made, people.boris.id)
    await expect(approve(made, people.boris.id)).rejects.toThrow(/approved this draft already/)
    await expect(approve({ ...made, contentHash: 'other' }, people.chiara.id)).rejects.toThrow(
      /not the draft that you read/,
    )
  })

  it('is not drafted by an admin, with an error, with another version, or without a change', async () => {
    await expect(draft(people.admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(draft(people.anna.id, { ...recommendedPolicy, windowMonths: 0 })).rejects.toThrow(/windowMonths/)
    await expect(draft(people.anna.id, { ...recommendedPolicy, version: 3 })).rejects.toThrow(/next version is 2/)
    await expect(draft(people.anna.id, { ...defaultPolicy, version: 2 })).rejects.toThrow(/changes nothing/)
    await expect(draft(people.anna.id, { ...recommendedPolicy, version: 1 })).rejects.toThrow(/can no longer change/)
  })

  it('lets one of two drafts of the same version win', async () => {
    const [first, second] = [await draft(), await draft(people.boris.id, { ...recommendedPolicy, bakeMonths: 2 })]
    await approve(first, people.boris.id)
    await approve(first, people.chiara.id)
    await expect(approve(second, people.chiara.id)).rejects.toThrow(/version 2 was published since/)
  })
})

it('the database refuses a policy without its approvals, by its author, and for the past', async () => {
  const made = await draft()
  const raw = await at.place.intrude()
  const { content } = await raw.one('SELECT content FROM policy_drafts')
  const publish = (month: string) =>
    raw.run(
      "INSERT INTO policies VALUES (2, ?, ?, ?, '2026-10-12T09:00:00.000Z', 'x')",
      content,
      made.contentHash,
      month,
    )
  const sign = (by: string) =>
    raw.run(
      "INSERT INTO policy_approvals VALUES (?, ?, 'N', ?, 'm', 'password', '2026-10-12T09:00:00.000Z')",
      made.draftId,
      by,
      made.contentHash,
    )
  await expect(publish('2026-11')).rejects.toThrow(/needs its approvals/)
  await expect(sign(people.anna.id)).rejects.toThrow(/author of a policy/)
  await expect(sign(people.admin.id)).rejects.toThrow(/only approvers/)
  await sign(people.boris.id)
  await sign(people.chiara.id)
  await expect(publish('2026-10')).rejects.toThrow(/after the month in which it is published/)
  await publish('2026-11')
  for (const table of ['policy_drafts', 'policy_approvals', 'policies']) {
    await expect(raw.run(`DELETE FROM ${table}`)).rejects.toThrow(/append-only/)
    await expect(raw.run(`UPDATE ${table} SET content_sha256 = content_sha256`)).rejects.toThrow(/append-only/)
  }
  await raw.close()
})

it('a diff names each value by its path', () => {
  const after = { ...defaultPolicy, version: 2, bakeMonths: 2, evidenceLapse: { months: 3 } }
  expect(diffPolicies(defaultPolicy, after)).toEqual([
    { path: 'bakeMonths', before: 1, after: 2 },
    { path: 'evidenceLapse.months', before: undefined, after: 3 },
  ])
  expect(diffPolicies(defaultPolicy, defaultPolicy)).toEqual([])
})

it('a diff names segments and limits of single types', () => {
  const { G1 } = defaultPolicy.gates
  const segments = [{ name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true }] as const
  const after = {
    ...defaultPolicy,
    version: 2,
    gates: { ...defaultPolicy.gates, G1: { ...G1, limitOverrides: { refund: { limit: 0.02 } } } },
    segments: [...segments],
  }
  expect(diffPolicies(defaultPolicy, after)).toEqual([
    { path: 'gates.G1.limitOverrides.refund.limit', before: undefined, after: 0.02 },
    { path: 'segments', before: undefined, after: segments },
  ])
})

it('a back-test says what segments would have stopped', () => {
  const history = typeHistory('order_status', '2026-01', Array(9).fill({}))
  const counts = { segment: 'vip', contacts: 400, sentAlone: 0, reviewed: 43, errors: 10 } as const
  const rows = backTest(
    {
      before: defaultPolicy,
      after: { ...defaultPolicy, segments: [{ name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true }] },
    },
    ['2026-09'],
    [{ ...history, months: history.months.map((month) => ({ ...month, segments: [counts] })) }],
    () => [typeStanding('order_status')],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  expect(rows).toMatchObject([
    { before: 'expand', after: 'keep', reason: expect.stringMatching(/^VIP customers: 30 err/) },
  ])
})

it('a back-test says what would would have been recommended, month by month', () => {
  const months = Array.from({ length: 9 }, (_, index) => ({ repeats: 160 + 3 * index, unexpected: 90 + (index % 2) }))
  const rows = backTest(
    { before: defaultPolicy, after: recommendedPolicy },
    ['2026-09', '2026-03'],
    [typeHistory('order_status', '2026-01', months)],
    () => [typeStanding('order_status', { isBaseline: true })],
    { now: new Date('2026-10-20T00:00:00Z'), reportingTimeZone: 'UTC' },
  )
  expect(rows).toMatchObject([
    { month: '2026-03', before: 'keep', after: 'keep' },
    {
      month: '2026-09',
      before: 'expand',
      after: 'keep',
      reason: expect.stringMatching(/seven months in one direction/),
    },
  ])
})
