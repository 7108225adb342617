import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHome } from '#app/home.ts'
import { type RunningServer, startServer } from '#app/server.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { password } from '#test/build/ledger.ts'

const isBuilt = existsSync(join(process.cwd(), 'build', 'server', 'index.js'))

describe.skipIf(!isBuilt)('the web server (needs npm run build)', () => {
  const directory = mkdtempSync(join(tmpdir(), 'oversight-server-'))
  const home = createHome(join(directory, 'home'))
  let server: RunningServer

  beforeAll(async () => {
    server = await startServer({ home, port: 0 })
  })
  afterAll(async () => {
    await server.close()
    rmSync(directory, { recursive: true })
  })

  it('sends pages with the enforced policy, a new nonce each, and no store', async () => {
    const nonces = new Set<string>()
    for (let visit = 0; visit < 2; visit += 1) {
      const response = await fetch(`${server.url}/login`)
      expect(response.status).toBe(200)
      expect(response.headers.get('x-powered-by')).toBeNull()
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1] ?? ''
      const page = await response.text()
      const scripts = page.match(/<script[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(0)
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
      expect(page).not.toMatch(/<style|\son[a-z]+="/)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(2)
  })

  it('sends files with a hash in their name to be kept for ever', async () => {
    const page = await (await fetch(`${server.url}/login`)).text()
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1] ?? ''
    const response = await fetch(server.url + style)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toContain('text/css')
  })

  it('answers a missing file and a missing page each in its way', async () => {
    const file = await fetch(`${server.url}/assets/none.js`)
    expect([file.status, await file.text()]).toEqual([404, 'Not found.'])
    const page = await fetch(`${server.url}/none`)
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('There is no page at this address')
  })

  it('refuses a change that another site sends, before any page sees it', async () => {
    const body = new URLSearchParams({ theme: 'dark', to: '/' })
    const post = (headers: Record<string, string>) =>
      fetch(`${server.url}/theme`, { method: 'POST', body, headers, redirect: 'manual' })
    expect((await post({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await post({ Origin: 'https://evil.example' })).status).toBe(403)
    expect((await post({})).status).toBe(403)
    const own = await post({ Origin: server.url })
    expect([own.status, own.headers.get('location')]).toEqual([302, '/'])
    expect(own.headers.get('set-cookie')).toMatch(/^theme=.*HttpOnly; SameSite=Lax/)
  })

  it('tells nothing of the data to somebody who is not signed in', async () => {
    for (const path of ['/', '/overview', '/reviews', '/audit', '/audit/receipts/0']) {
      const response = await fetch(server.url + path, { redirect: 'manual' })
      expect(response.status).toBe(302)
      expect(response.headers.get('location')).toMatch(/^\/login/)
    }
  })

  it('says how to make the first account when there is none, and no demonstration accounts', async () => {
    const page = await (await fetch(`${server.url}/login`)).text()
    expect(page).toContain('Nobody has an account yet')
    expect(page).toContain('user add')
    expect(page).not.toContain('demo.invalid')
  })

  it('says in plain words why a file is not there or not for the asker', async () => {
    const opened = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
    for (const role of ['analyst', 'auditor'] as const) {
      const user = { email: `${role}@example.com`, name: role, password, by: 'system' } as const
      await createUser(opened, { ...user, roles: [role] }, systemClock())
    }
    await opened.close()
    const ask = async (email: string) => {
      const signIn = await fetch(`${server.url}/login`, {
        method: 'POST',
        body: new URLSearchParams({ email, password }),
        headers: { Origin: server.url },
        redirect: 'manual',
      })
      const response = await fetch(`${server.url}/audit/receipts/99999`, {
        headers: { Cookie: signIn.headers.get('set-cookie')?.split(';')[0] ?? '' },
      })
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
    }
    const type = 'text/plain; charset=utf-8'
    expect(await ask('auditor@example.com')).toEqual({ status: 404, type, text: expect.stringMatching(/99999.*\./) })
    expect(await ask('analyst@example.com')).toEqual({
      status: 403,
      type,
      text: expect.stringMatching(/^Only a viewer, .* can open this\. Your role: analyst\. Nobody here is an admin/),
    })
  })

  it('answers a change that the role does not allow with a page that says so', async () => {
    const ledger = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
    await createUser(
      ledger,
      { email: 'viewer@example.com', name: 'Viewer', roles: ['viewer'], password, by: 'system' },
      systemClock(),
    )
    await ledger.close()
    const post = (path: string, fields: Record<string, string>, cookie = '') =>
      fetch(server.url + path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Origin: server.url, Cookie: cookie },
        redirect: 'manual',
      })
    const signedIn = await post('/login', { email: 'viewer@example.com', password })
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0]
    const refused = await post('/reviews?index', { month: '2026-09' }, cookie)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('can do this. Your role: viewer.')
  })

  it('gives the port back when it is closed, and says when it is taken', async () => {
    const other = createHome(join(directory, 'second'))
    const second = await startServer({ home: other, port: 0 })
    const port = Number(new URL(second.url).port)
    await expect(startServer({ home: other, port })).rejects.toMatchObject({ code: 'conflict' })
    await second.close()
    const third = await startServer({ home: other, port })
    await third.close()
  })
})
