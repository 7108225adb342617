import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changePassword } from '#governance/accounts/change-password.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { reauthenticate } from '#governance/accounts/reauthenticate.ts'
import { resetPassword } from '#governance/accounts/reset-password.ts'
import { createSession, endOtherSessions, findSession, listOwnSessions } from '#governance/accounts/sessions.ts'
import type { User } from '#governance/accounts/user.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { addUser, buildLedger, password, type TestLedger } from '#test/build/ledger.ts'

let at: TestLedger
let anna: User
let admin: User
beforeEach(async () => {
  at = await buildLedger()
  anna = await addUser(at, 'Anna', 'approver')
  admin = await addUser(at, 'Ada', 'admin')
})
afterEach(() => at.remove())

const firstPassword = 'told on the telephone'
const ownPassword = 'known to nobody else'
const sessionOf = async (userId: string) => {
  const { token } = await createSession(at.ledger, { userId }, at.clock())
  return findSession(at.ledger, token, at.clock())
}

describe('a password that an admin chose', () => {
  it('opens a session for nothing but choosing another, and signs nothing', async () => {
    const given = { email: 'new@example.com', name: 'New', roles: ['approver'] as const }
    const user = await createUser(
      at.ledger,
      { ...given, roles: ['approver'], password: firstPassword, by: admin.id },
      at.clock(),
    )
    expect(await sessionOf(user.id)).toMatchObject({ mustChangePassword: true })
    const sign = (attempt: string) => reauthenticate(at.ledger, { by: user.id, password: attempt }, at.clock())
    await expect(sign(firstPassword)).rejects.toMatchObject({ code: 'forbidden' })

    const change = (newPassword: string) =>
      changePassword(at.ledger, { by: user.id, password: firstPassword, newPassword }, at.clock())
    await expect(change(firstPassword)).rejects.toThrow(/present password/)
    await change(ownPassword)
    expect(await sessionOf(user.id)).toMatchObject({ mustChangePassword: false })
    expect(await sign(ownPassword)).toMatchObject({ id: user.id })
  })

  it('replaces one that was forgotten: every session ends, and the trail says who did it', async () => {
    const { token } = await createSession(at.ledger, { userId: anna.id }, at.clock())
    await resetPassword(at.ledger, { userId: anna.id, firstPassword, by: admin.id }, at.clock())
    expect(await findSession(at.ledger, token, at.clock())).toBeUndefined()
    await expect(reauthenticate(at.ledger, { by: anna.id, password }, at.clock())).rejects.toThrow()
    expect(await sessionOf(anna.id)).toMatchObject({ mustChangePassword: true })
    const event = await at.ledger.db
      .selectFrom('audit_events')
      .select(['actor_id', 'object_id'])
      .where('action', '=', 'password-reset')
      .executeTakeFirst()
    expect(event).toEqual({ actor_id: admin.id, object_id: anna.id })
    expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true })
  })

  it('is given by admins, not for themselves, and is no easy one', async () => {
    const reset = (by: string, userId: string, first = firstPassword) =>
      resetPassword(at.ledger, { userId, firstPassword: first, by }, at.clock())
    await expect(reset(anna.id, admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(reset(admin.id, admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(reset(admin.id, anna.id, 'password1')).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('is not what the command line sets for whoever sits at the machine', async () => {
    expect(await sessionOf(anna.id)).toMatchObject({ mustChangePassword: false })
  })
})

describe('one’s own sessions', () => {
  it('are listed without those of others or of the past, and all but this one end at once', async () => {
    const old = await createSession(at.ledger, { userId: anna.id }, at.clock())
    at.pass(40)
    const first = await createSession(at.ledger, { userId: anna.id }, at.clock())
    at.pass(1)
    const second = await createSession(at.ledger, { userId: anna.id }, at.clock())
    const other = await createSession(at.ledger, { userId: admin.id }, at.clock())
    const listed = await listOwnSessions(at.ledger, second.token, at.clock())
    expect(listed.map(({ isCurrent }) => isCurrent)).toEqual([true, false])
    expect(listed.map(({ id }) => id)).not.toContain(old.token)

    expect(await endOtherSessions(at.ledger, second.token)).toBe(2)
    expect(await findSession(at.ledger, first.token, at.clock())).toBeUndefined()
    expect(await findSession(at.ledger, second.token, at.clock())).toBeDefined()
    expect(await findSession(at.ledger, other.token, at.clock())).toBeDefined()
    expect(await endOtherSessions(at.ledger, 'no such token')).toBe(0)
  })
})
