import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '#governance/accounts/authenticate.ts'
import { changePassword } from '#governance/accounts/change-password.ts'
import { changeRoles } from '#governance/accounts/change-roles.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { findUser } from '#governance/accounts/find-user.ts'
import { listUsers } from '#governance/accounts/list-users.ts'
import { createSession, endSession, findSession } from '#governance/accounts/sessions.ts'
import { setUserDisabled } from '#governance/accounts/set-user-disabled.ts'
import type { User } from '#governance/accounts/user.ts'
import { addUser, buildLedger, password, type TestLedger } from '#test/build/ledger.ts'
import { parsePhc } from './parse-phc.ts'

let at: TestLedger
let anna: User
let admin: User
beforeEach(async () => {
  at = await buildLedger()
  anna = await addUser(at, 'Anna', 'approver')
  admin = await addUser(at, 'Ada', 'admin')
})
afterEach(() => at.remove())

const signIn = (email: string, given = password, allowDemonstration = false) =>
  authenticate(at.ledger, { email, password: given, allowDemonstration }, at.clock())

const create = (change: Partial<Parameters<typeof createUser>[1]>) =>
  createUser(
    at.ledger,
    { email: 'new@example.com', name: 'New', roles: ['viewer'], password, by: 'system', ...change },
    at.clock(),
  )

describe('an account', () => {
  it('keeps the password as argon2id with 19 MiB, two passes and one lane', async () => {
    const row = await at.ledger.db
      .selectFrom('users')
      .selectAll()
      .where('user_id', '=', anna.id)
      .executeTakeFirstOrThrow()
    expect(parsePhc(row.password_hash)).toMatchObject({ algorithm: 'argon2id', m: '19456', t: '2', p: '1' })
    expect(row.password_hash).not.toContain(password)
  })

  it('takes long passphrases of any characters', async () => {
    const passphrase = 'ein langer Satz mit Umlauten äöü und 日本語, ohne Regeln'
    await create({ password: passphrase })
    expect((await signIn('new@example.com', passphrase.normalize('NFD'))).name).toBe('New')
  })

  it.each([
    ['seven characters', '7chars!'],
    ['a common password', 'Password123'],
    ['one character again and again', 'zzzzzzzzzzzz'],
    ['the own address', 'new@example.com'],
    ['more than 256 characters', 'ab'.repeat(129)],
  ])('refuses %s as a password', async (_name, weak) => {
    await expect(create({ password: weak })).rejects.toMatchObject({ code: 'bad_input' })
  })

  it.each([
    ['no address', { email: 'nobody' }],
    ['an unknown role', { roles: ['king' as never] }],
    ['no role', { roles: [] }],
    ['admin with approver', { roles: ['admin', 'approver'] as const as never }],
    ['an empty name', { name: '  ' }],
    ['a name that turns the reading direction', { name: 'evil\u202Egnp' }],
  ])('refuses %s', async (_name, change) => {
    await expect(create(change)).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('exists once per address, whatever the case', async () => {
    await create({ email: 'New@Example.com' })
    await expect(create({ email: 'nEW@example.com' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await findUser(at.ledger, { email: 'NEW@EXAMPLE.COM' }))?.email).toBe('new@example.com')
  })

  it('is made by an admin or the command line only', async () => {
    await expect(create({ by: anna.id })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await create({ by: admin.id })).name).toBe('New')
    expect((await listUsers(at.ledger)).map((user) => user.name)).toEqual(['Ada', 'Anna', 'New'])
  })
})

describe('signing in', () => {
  it('says the same for a wrong password, an unknown address, a closed and a demonstration account', async () => {
    await create({ email: 'closed@example.com' })
    const closed = await findUser(at.ledger, { email: 'closed@example.com' })
    await setUserDisabled(at.ledger, { userId: closed?.id ?? '', isDisabled: true, by: admin.id }, at.clock())
    await create({ email: 'demo@example.com', isDemonstration: true })
    const messages = await Promise.all(
      [
        signIn('anna@example.com', 'wrong password'),
        signIn('nobody@example.com'),
        signIn('closed@example.com'),
        signIn('demo@example.com'),
      ].map((attempt) =>
        attempt.then(
          () => 'signed in',
          (error: Error) => error.message,
        ),
      ),
    )
    expect(new Set(messages)).toEqual(new Set(['The e-mail address or the password is not right.']))
  })

  it('lets demonstration accounts into a demonstration home', async () => {
    await create({ email: 'demo@example.com', isDemonstration: true })
    expect((await signIn('demo@example.com', password, true)).isDemonstration).toBe(true)
  })

  it('pauses after five wrong passwords, for unknown addresses too, and forgets after a right one', async () => {
    for (const email of ['anna@example.com', 'nobody@example.com']) {
      for (let attempt = 0; attempt < 5; attempt += 1) await expect(signIn(email, 'wrong')).rejects.toThrow(/not right/)
      await expect(signIn(email)).rejects.toThrow(/Too many wrong passwords/)
    }
    at.pass(1)
    expect((await signIn('anna@example.com')).id).toBe(anna.id)
    for (let attempt = 0; attempt < 4; attempt += 1) await expect(signIn('anna@example.com', 'wrong')).rejects.toThrow()
    expect((await signIn('anna@example.com')).id).toBe(anna.id)
  })

  it('does not let many guesses at once slip through', async () => {
    const guesses = Array.from({ length: 20 }, (_, index) => signIn('anna@example.com', `guess ${index}`))
    const results = await Promise.allSettled(guesses)
    const paused = results.filter(
      (result) => result.status === 'rejected' && /Too many/.test(String(result.reason.message)),
    )
    expect(paused).toHaveLength(15)
  })

  it('writes the sign-in and the pause into the trail, never the failed guesses', async () => {
    await signIn('anna@example.com')
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(signIn('anna@example.com', 'wrong')).rejects.toThrow()
    const events = await at.ledger.db.selectFrom('audit_events').select('action').orderBy('seq').execute()
    expect(events.slice(-2).map((event) => event.action)).toEqual(['signed-in', 'account-locked'])
  })
})

describe('a session', () => {
  const start = () => createSession(at.ledger, { userId: anna.id }, at.clock())

  it('has a token of 256 bits of which only the hash is stored', async () => {
    const { token } = await start()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const stored = await at.ledger.db.selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(token)
    expect((await findSession(at.ledger, token, at.clock()))?.user.name).toBe('Anna')
    expect(await findSession(at.ledger, `${token}x`, at.clock())).toBeUndefined()
  })

  it('ends after 30 idle minutes', async () => {
    const { token } = await start()
    at.pass(29)
    expect(await findSession(at.ledger, token, at.clock())).toBeDefined()
    at.pass(29)
    expect(await findSession(at.ledger, token, at.clock())).toBeDefined()
    at.pass(30)
    expect(await findSession(at.ledger, token, at.clock())).toBeUndefined()
  })

  it('ends after 12 hours of steady use', async () => {
    const { token } = await start()
    for (let minutes = 0; minutes < 12 * 60 - 10; minutes += 10) {
      at.pass(10)
      expect(await findSession(at.ledger, token, at.clock())).toBeDefined()
    }
    at.pass(10)
    expect(await findSession(at.ledger, token, at.clock())).toBeUndefined()
  })

  it('is a new one at every sign-in; the token brought along ends', async () => {
    const { token } = await start()
    const next = await createSession(at.ledger, { userId: anna.id, replaces: token }, at.clock())
    expect(next.token).not.toBe(token)
    expect(await findSession(at.ledger, token, at.clock())).toBeUndefined()
  })

  it('ends at sign-out, closing of the account, change of roles and of password', async () => {
    const ends = {
      'sign-out': (token: string) => endSession(at.ledger, token),
      roles: () => changeRoles(at.ledger, { userId: anna.id, roles: ['viewer'], by: admin.id }, at.clock()),
      password: () =>
        changePassword(at.ledger, { by: anna.id, password, newPassword: 'another four plain words' }, at.clock()),
      closing: () => setUserDisabled(at.ledger, { userId: anna.id, isDisabled: true, by: admin.id }, at.clock()),
    }
    for (const [name, end] of Object.entries(ends)) {
      const { token } = await start()
      await end(token)
      expect(await findSession(at.ledger, token, at.clock()), name).toBeUndefined()
    }
    await expect(start()).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})

describe('rights', () => {
  it('are not changed by oneself, nor by others than admins', async () => {
    const give = (userId: string, by: string) =>
      changeRoles(at.ledger, { userId, roles: ['approver', 'viewer'], by }, at.clock())
    await expect(give(admin.id, admin.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(give(admin.id, anna.id)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await give(anna.id, admin.id)).roles).toEqual(['approver', 'viewer'])
  })

  it('never join admin and approver in one person', async () => {
    await expect(
      changeRoles(at.ledger, { userId: anna.id, roles: ['approver', 'admin'], by: admin.id }, at.clock()),
    ).rejects.toMatchObject({ code: 'bad_input' })
  })
})
