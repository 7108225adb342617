import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { approvePolicy } from '#governance/policy/approve-policy.ts'
import { draftPolicy } from '#governance/policy/draft-policy.ts'
import { listPolicyDrafts } from '#governance/policy/list-policy-drafts.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { withdrawPolicy } from '#governance/policy/withdraw-policy.ts'
import { addPeople, type BuiltLedger, buildLedger, type People, password } from '#test/build/ledger.ts'

let at: BuiltLedger
let people: People
let made: Awaited<ReturnType<typeof draftPolicy>>
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  const draft = { policy: recommendedPolicy, reason: 'see deterioration', by: people.anna.id }
  made = await draftPolicy(at.ledger, draft, at.clock())
})
afterEach(() => at.remove())

const withdraw = (by: string, reason = 'one limit is wrong') =>
  withdrawPolicy(at.ledger, { draftId: made.draftId, reason, by }, at.clock())
const approve = (by: string) =>
  approvePolicy(at.ledger, { ...made, reportingTimeZone: 'Europe/Berlin', by, password }, at.clock())

describe('a draft of a policy is taken back', () => {
  it('by its author, with the reason, and takes no approvals afterwards; its approvals stay', async () => {
    await approve(people.boris.id)
    await withdraw(people.anna.id)
    await expect(approve(people.chiara.id)).rejects.toThrow(/taken back/)
    expect(await listPolicyDrafts(at.ledger)).toMatchObject([
      { state: 'withdrawn', withdrawal: { reason: 'one limit is wrong', by: 'Anna' }, approvals: [{ name: 'Boris' }] },
    ])
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('by any approver; not by a reviewer who did not write it, nor by an admin', async () => {
    await expect(withdraw(people.rena.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withdraw(people.admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await withdraw(people.boris.id)
  })

  it('once, with a reason, and never after it was published', async () => {
    await expect(withdraw(people.anna.id, ' ')).rejects.toMatchObject({ code: 'bad_input' })
    await approve(people.boris.id)
    await approve(people.chiara.id)
    expect((await listPolicyDrafts(at.ledger))[0]?.state).toBe('published')
    await expect(withdraw(people.anna.id)).rejects.toThrow(/published and cannot/)
  })

  it('leaves room for another of the same version', async () => {
    await withdraw(people.anna.id)
    await expect(withdraw(people.anna.id)).rejects.toMatchObject({ code: 'conflict' })
    const policy = { ...recommendedPolicy, bakeMonths: 2 }
    await draftPolicy(at.ledger, { policy, reason: 'better', by: people.boris.id }, at.clock())
    expect((await listPolicyDrafts(at.ledger)).map(({ state }) => state).sort()).toEqual(['open', 'withdrawn'])
  })
})

it('the database refuses a withdrawal of what is published, its change, and approvals after it', async () => {
  await withdraw(people.anna.id)
  const raw = await at.place.intrude()
  const sign = raw.run(
    "INSERT INTO policy_approvals VALUES (?, ?, 'N', ?, 'm', 'password', '2026-10-12T09:00:00.000Z')",
    made.draftId,
    people.boris.id,
    made.contentHash,
  )
  await expect(sign).rejects.toThrow(/takes no approvals/)
  await expect(raw.run('DELETE FROM policy_withdrawals')).rejects.toThrow(/append-only/)
  await expect(raw.run('UPDATE policy_withdrawals SET reason = reason')).rejects.toThrow(/append-only/)
  await raw.close()
  const second = { ...recommendedPolicy, bakeMonths: 2 }
  made = await draftPolicy(at.ledger, { policy: second, reason: 'better', by: people.anna.id }, at.clock())
  await approve(people.boris.id)
  await approve(people.chiara.id)
  const again = await at.place.intrude()
  const late = again.run(
    "INSERT INTO policy_withdrawals VALUES (?, 'r', ?, '2026-10-12T09:00:00.000Z')",
    made.draftId,
    people.anna.id,
  )
  await expect(late).rejects.toThrow(/never taken back/)
  await again.close()
})
