import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authenticateToken } from '#governance/accounts/authenticate-token.ts'
import { changeRoles } from '#governance/accounts/change-roles.ts'
import { createApiToken } from '#governance/accounts/create-api-token.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { listApiTokens } from '#governance/accounts/list-api-tokens.ts'
import { revokeApiToken } from '#governance/accounts/revoke-api-token.ts'
import { setUserDisabled } from '#governance/accounts/set-user-disabled.ts'
import type { User } from '#governance/accounts/user.ts'
import { listAuditEvents } from '#governance/audit/list-audit-events.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { addUser, type BuiltLedger, buildLedger, password } from '#test/build/ledger.ts'

let at: BuiltLedger
let admin: User
let analyst: User
let auditor: User

beforeAll(async () => {
  at = await buildLedger()
  admin = await addUser(at, 'Ada Admin', 'admin')
  analyst = await addUser(at, 'Ana Lyst', 'analyst')
  auditor = await addUser(at, 'Otto Audit', 'auditor')
})
afterAll(() => at.remove())

type Input = Parameters<typeof createApiToken>[1]

let count = 0
const make = (change: Partial<Input>) => {
  count += 1
  const input: Input = {
    name: `token ${count}`,
    scopes: ['metrics:read'],
    validDays: 30,
    holderId: analyst.id,
    by: analyst.id,
    ...change,
  }
  return createApiToken(at.ledger, input, at.clock())
}
const use = (secret: string, allowDemonstration = false) =>
  authenticateToken(at.ledger, { secret, allowDemonstration }, at.clock())
const revoke = (tokenId: string, by: string) => revokeApiToken(at.ledger, { tokenId, by }, at.clock())

describe('a token', () => {
  it('is given once, 256 random bits, and only its hash is kept', async () => {
    const { token, secret } = await make({})
    expect(secret).toMatch(/^ovs_[\w-]{43}$/)
    const raw = await at.place.intrude()
    const row = await raw.one('SELECT * FROM api_tokens WHERE token_id = ?', token.id)
    await raw.close()
    expect(JSON.stringify(row)).not.toContain(secret.slice(4, 20))
    const { events } = await listAuditEvents(at.ledger, { page: 1, pageSize: 1 })
    expect(events[0]).toMatchObject({
      action: 'api-token-created',
      actor: { id: analyst.id },
      data: { holderId: analyst.id },
    })
    expect(JSON.stringify(events)).not.toContain(secret)
    expect(await use(secret)).toMatchObject({ token: { id: token.id }, holder: { id: analyst.id } })
  })

  it('knows to the minute when it was used last', async () => {
    const { token, secret } = await make({})
    const lastUse = async () =>
      (await listApiTokens(at.ledger, { holderId: analyst.id })).find(({ id }) => id === token.id)?.lastUsedAt ?? null
    expect(await lastUse()).toBeNull()
    await use(secret)
    const first = at.clock().now
    at.pass(0.5)
    await use(secret)
    expect(await lastUse()).toEqual(first)
    at.pass(1)
    await use(secret)
    expect(await lastUse()).toEqual(at.clock().now)
  })

  it('is refused the instant it expires, when it is revoked, and when nobody made it', async () => {
    const short = await make({ validDays: 1 })
    at.pass(24 * 60 - 1)
    await use(short.secret)
    at.pass(1)
    await expect(use(short.secret)).rejects.toMatchObject({ code: 'unauthenticated', message: /expired/ })
    const gone = await make({})
    await revoke(gone.token.id, analyst.id)
    await expect(use(gone.secret)).rejects.toMatchObject({ code: 'unauthenticated', message: /revoked/ })
    await expect(revoke(gone.token.id, analyst.id)).rejects.toMatchObject({ code: 'conflict' })
    for (const secret of ['', 'ovs_', `ovs_${'A'.repeat(43)}`, "' OR 1=1 --", 'x'.repeat(100_000)]) {
      await expect(use(secret)).rejects.toMatchObject({ code: 'unauthenticated' })
    }
  })

  it('has a name of its own while it lives, so that a form sent twice makes one', async () => {
    const { token } = await make({ name: 'notebook' })
    await expect(make({ name: 'notebook' })).rejects.toMatchObject({ code: 'conflict' })
    await revoke(token.id, analyst.id)
    await make({ name: 'notebook' })
  })

  it.each([
    { validDays: 0 },
    { validDays: 367 },
    { validDays: 1.5 },
    { name: ' ' },
    { scopes: [] },
    { scopes: ['all'] },
  ])('is not made of %j', async (change) => {
    await expect(make(change as Partial<Input>)).rejects.toMatchObject({ code: 'bad_input' })
  })
})

describe('who may make a token', () => {
  it('people for themselves, within what their roles read', async () => {
    await make({ scopes: ['audit:read'], holderId: auditor.id, by: auditor.id })
    await expect(make({ scopes: ['audit:read'] })).rejects.toMatchObject({ code: 'forbidden', message: /audit:read/ })
    await expect(make({ scopes: ['datasets:read'], holderId: admin.id, by: admin.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(make({ by: admin.id })).rejects.toMatchObject({ code: 'forbidden', message: /another person/ })
  })

  it('an admin or the command line for a machine, which reads levels and counts only', async () => {
    const { secret } = await make({ scopes: ['autonomy:read'], holderId: null, by: admin.id })
    expect((await use(secret)).holder).toBeNull()
    await make({ scopes: ['metrics:read'], holderId: null, by: 'system' })
    await expect(make({ scopes: ['autonomy:read'], holderId: null })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(make({ scopes: ['datasets:read'], holderId: null, by: admin.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('demonstration accounts, whose tokens work in a demonstration only', async () => {
    const person = { email: 'demo@demo.invalid', name: 'Demo', roles: ['analyst'], password, by: 'system' } as const
    const demo = await createUser(at.ledger, { ...person, roles: ['analyst'], isDemonstration: true }, at.clock())
    const { secret } = await make({ holderId: demo.id, by: demo.id })
    await use(secret, true)
    await expect(use(secret)).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('a token dies', () => {
  it('by its holder or an admin, and nobody else', async () => {
    const { token } = await make({})
    await expect(revoke(token.id, auditor.id)).rejects.toMatchObject({ code: 'not_found' })
    await revoke(token.id, admin.id)
    const machine = await make({ holderId: null, scopes: ['autonomy:read'], by: admin.id })
    await expect(revoke(machine.token.id, analyst.id)).rejects.toMatchObject({ code: 'not_found' })
    await revoke(machine.token.id, 'system')
  })

  it('with the role that it rests on, and not with another', async () => {
    const person = await addUser(at, 'Two Roles', 'analyst', 'auditor')
    const own = { holderId: person.id, by: person.id }
    const trail = await make({ ...own, scopes: ['audit:read', 'metrics:read'] })
    const numbers = await make({ ...own, scopes: ['metrics:read'] })
    await changeRoles(at.ledger, { userId: person.id, roles: ['analyst'], by: admin.id }, at.clock())
    await use(numbers.secret)
    await expect(use(trail.secret)).rejects.toMatchObject({ message: /revoked/ })
    await changeRoles(at.ledger, { userId: person.id, roles: ['analyst', 'auditor'], by: admin.id }, at.clock())
    await expect(use(trail.secret)).rejects.toMatchObject({ message: /revoked/ })
  })

  it('with the account, also when that is opened again', async () => {
    const person = await addUser(at, 'Gone Away', 'analyst')
    const { secret } = await make({ holderId: person.id, by: person.id })
    await setUserDisabled(at.ledger, { userId: person.id, isDisabled: true, by: admin.id }, at.clock())
    await expect(use(secret)).rejects.toMatchObject({ message: /revoked/ })
    const { events } = await listAuditEvents(at.ledger, { page: 1, pageSize: 1 })
    expect(events[0]).toMatchObject({ action: 'api-token-revoked', data: { reason: 'account_disabled' } })
    await setUserDisabled(at.ledger, { userId: person.id, isDisabled: false, by: admin.id }, at.clock())
    await expect(use(secret)).rejects.toMatchObject({ message: /revoked/ })
  })

  it('even where only the database knows that the account is closed', async () => {
    const person = await addUser(at, 'Closed Below', 'analyst')
    const { secret } = await make({ holderId: person.id, by: person.id })
    const raw = await at.place.intrude()
    await raw.run('UPDATE users SET is_disabled = 1 WHERE user_id = ?', person.id)
    await expect(use(secret)).rejects.toMatchObject({ code: 'unauthenticated' })
    await raw.run('UPDATE users SET is_disabled = 0 WHERE user_id = ?', person.id)
    await raw.close()
  })
})

describe('the ledger', () => {
  it('lets a token be revoked, once, and nothing else of it be changed', async () => {
    const { token } = await make({})
    const raw = await at.place.intrude()
    const set = (assignment: string) => raw.run(`UPDATE api_tokens SET ${assignment} WHERE token_id = ?`, token.id)
    const revoked = "revoked_at = '2026-10-12T09:00:00.000Z', revoked_by = 'x'"
    for (const change of ["name = 'y'", "expires_at = '2099-01-01T00:00:00.000Z'", `scopes = '["audit:read"]'`]) {
      await expect(set(change)).rejects.toThrow(/only be revoked/)
      await expect(set(`${change}, ${revoked}`)).rejects.toThrow(/only be revoked/)
    }
    await expect(raw.run('DELETE FROM api_tokens')).rejects.toThrow(/may not be removed/)
    await revoke(token.id, analyst.id)
    await expect(set('revoked_at = NULL, revoked_by = NULL')).rejects.toThrow(/only be revoked/)
    await expect(set(revoked)).rejects.toThrow(/only be revoked/)
    await raw.close()
  })

  it('finds a token that was slipped into the database', async () => {
    expect((await verifyTrail(at.ledger)).ok).toBe(true)
    const raw = await at.place.intrude()
    const row = await raw.one('SELECT * FROM api_tokens LIMIT 1')
    const slipped = { ...row, token_id: 'slipped', token_sha256: 'f'.repeat(64) }
    const columns = Object.keys(slipped)
    await raw.run(
      `INSERT INTO api_tokens (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ...Object.values(slipped),
    )
    await raw.close()
    expect(JSON.stringify(await verifyTrail(at.ledger))).toContain('api_tokens')
  })
})
