import { describe, expect, it, onTestFinished } from 'vitest'
import { ledger } from '#app/ledger.server.ts'
import { currentSession, startSession, stopSession } from '#app/session.server.ts'
import { listUsers } from '#governance/accounts/list-users.ts'
import { buildWeb, originOf, type TestWeb } from '#test/build/web.ts'

function web(variables: Readonly<Record<string, string>> = {}): TestWeb {
  const built = buildWeb(variables)
  onTestFinished(() => built.remove())
  return built
}

const requestWith = (at: TestWeb, cookie?: string): Request =>
  new Request(`${originOf(at.runtime)}/overview`, cookie === undefined ? {} : { headers: { Cookie: cookie } })

describe('the session cookie', () => {
  it('is bound to this host and to https where people reach the server by https', async () => {
    const at = web({ OVERSIGHT_PUBLIC_URL: 'https://oversight.example.org' })
    await at.cookieOf('viewer')
    const header = await at.request(async () => {
      const [user] = await listUsers(await ledger())
      return startSession(requestWith(at), user?.id ?? '')
    })
    const [pair, ...attributes] = header.split('; ')
    expect(pair).toMatch(/^__Host-sid=/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'])
  })

  it('has a plain name and no Secure on http, where a browser would refuse the other', async () => {
    const at = web()
    await at.cookieOf('viewer')
    const header = await at.request(async () => {
      const [user] = await listUsers(await ledger())
      return startSession(requestWith(at), user?.id ?? '')
    })
    expect(header).toMatch(/^sid=/)
    expect(header.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax'])
  })

  it('opens the session of its person, and nothing once signed out', async () => {
    const at = web()
    const cookie = await at.cookieOf('viewer')
    const user = await at.request(async () => (await currentSession(requestWith(at, cookie)))?.user.name)
    expect(user).toBe('Person 1')
    const cleared = await at.request(() => stopSession(requestWith(at, cookie)))
    expect(cleared).toMatch(/^sid=;.*Max-Age=0/)
    expect(await at.request(() => currentSession(requestWith(at, cookie)))).toBeUndefined()
  })

  it('changes its id at every sign-in and signature: the one brought along ends', async () => {
    const at = web()
    const first = await at.cookieOf('viewer')
    const second = await at.request(async () => {
      const session = await currentSession(requestWith(at, first))
      return startSession(requestWith(at, first), session?.user.id ?? '')
    })
    expect(second.split(';')[0]).not.toBe(first)
    expect(await at.request(() => currentSession(requestWith(at, first)))).toBeUndefined()
  })

  it('means nothing when it was made up', async () => {
    const at = web()
    for (const cookie of ['sid=x', 'sid=', 'sid=ImFiYyI%3D', '__Host-sid=ImFiYyI%3D']) {
      expect(await at.request(() => currentSession(requestWith(at, cookie)))).toBeUndefined()
    }
  })
})
