import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bundleReaders,
  calibrators,
  exporters,
  localPath,
  readers,
  tokenMakers,
  trailReaders,
} from '#app/access.server.ts'
import { registryWriters } from '#app/registry/registration.ts'
import { type Role, roles } from '#governance/accounts/roles.ts'
import { buildWeb, originOf, type TestWeb } from '#test/build/web.ts'

type Handler = (args: LoaderFunctionArgs | ActionFunctionArgs) => Promise<unknown>
interface RouteModule {
  loader?: Handler
  action?: Handler
}

const modules = {
  ...import.meta.glob<RouteModule>('../../app/routes/*.{ts,tsx}', { eager: true }),
  ...import.meta.glob<RouteModule>('../../app/root.tsx', { eager: true }),
}

/** Every loader and action of the application, named after its file. */
const handlers = Object.entries(modules).flatMap(([path, module]) => {
  const route = path.replace(/^.*\/app\/(routes\/)?/, '').replace(/\.tsx?$/, '')
  return (['loader', 'action'] as const).flatMap((kind) => {
    const handle = module[kind]
    return handle === undefined ? [] : [{ name: `${route} ${kind}`, kind, handle }]
  })
})

/** The only handlers that answer somebody who is not signed in. */
const openToAll = [
  '$ loader',
  'login action',
  'login loader',
  'logout action',
  'logout loader',
  'root loader',
  'theme action',
  'theme loader',
]

/** Who reaches what. Every loader that is not named here is for every role; an action has to be named. */
const allowedRoles: Readonly<Record<string, readonly Role[]>> = {
  'audit._index loader': trailReaders,
  'audit.bundle action': bundleReaders,
  'audit.bundle loader': bundleReaders,
  'audit.events[.]csv loader': trailReaders,
  'audit.levels[.]csv loader': trailReaders,
  'audit.receipts.$seq loader': trailReaders,
  'account_.tokens loader': tokenMakers,
  'account_.tokens[.]csv loader': tokenMakers,
  'account_.tokens action': tokenMakers,
  'datasets.$file loader': exporters,
  'overview_.interactions[.]csv loader': exporters,
  'types.$type.interactions[.]csv loader': exporters,
  'responsibilities.$type loader': registryWriters,
  'responsibilities.$type action': registryWriters,
  'decisions.$id action': ['approver'],
  // One's own password and sessions.
  'account_.password action': readers,
  'account_.sessions action': readers,
  // One's own views.
  'overview_.views action': readers,
  'policy_.drafts.new loader': ['approver', 'reviewer'],
  'policy_.drafts.new action': ['approver', 'reviewer'],
  // An approver signs, its author or an approver takes it back: the use cases check.
  'policy_.drafts.$draft action': readers,
  'admin._index loader': ['admin'],
  'admin.people[.]csv loader': ['admin'],
  'quality.calibration[.]csv loader': calibrators,
  'admin._index action': ['admin'],
  'admin.$id loader': ['admin'],
  'admin.$id action': ['admin'],
  // An approver or the owner of the type, whatever else the owner is: the use case checks.
  'types.$type.stop action': readers,
  'reviews._index action': ['approver', 'reviewer', 'operator'],
  'reviews.$month._index action': ['approver', 'reviewer', 'operator'],
  // Proposing, voting, registering: each use case checks its own role inside its transaction.
  'reviews.$month.$type action': readers,
}

const guarded = handlers.filter(({ name }) => !openToAll.includes(name))

describe('the routes', () => {
  let web: TestWeb
  const cookies = new Map<Role, string>()

  beforeAll(async () => {
    web = buildWeb()
    for (const role of roles) cookies.set(role, await web.cookieOf(role))
  })
  afterAll(() => web.remove())

  /** What the handler answers or throws, as a status and where it leads. */
  async function outcome(handle: Handler, kind: 'loader' | 'action', cookie: string | undefined) {
    const headers = cookie === undefined ? {} : { Cookie: cookie }
    const url = `${originOf(web.runtime)}/somewhere?month=2026-09&metric=volume&cohort=all&part=numerator`
    const request =
      kind === 'loader'
        ? new Request(url, { headers })
        : new Request(url, { method: 'POST', headers, body: new URLSearchParams({ month: '2026-09' }) })
    const params = { month: '2026-09', type: 'refund_request', seq: '0' }
    try {
      const answer = await web.request(() => handle({ request, params, context: {} }))
      return answer instanceof Response
        ? { status: answer.status, location: answer.headers.get('Location') }
        : { status: 200, location: null }
    } catch (thrown) {
      if (thrown instanceof Response) return { status: thrown.status, location: thrown.headers.get('Location') }
      const init = (thrown as { init?: { status?: number } }).init
      return { status: init?.status ?? 500, location: null }
    }
  }

  it('are open without a sign-in only where the list says so', () => {
    expect(handlers.map(({ name }) => name)).toEqual(expect.arrayContaining(openToAll))
  })

  it('have no action that nobody decided about', () => {
    const undecided = guarded.filter(({ name, kind }) => kind === 'action' && allowedRoles[name] === undefined)
    expect(undecided.map(({ name }) => name)).toEqual([])
    expect(handlers.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(allowedRoles)))
  })

  it.each(guarded)('$name sends everybody who is not signed in to the sign-in page', async ({ handle, kind }) => {
    const { status, location } = await outcome(handle, kind, undefined)
    expect(status).toBe(302)
    expect(location).toMatch(/^\/login(\?|$)/)
  })

  it.each(guarded)('$name lets in exactly the roles it is for', async ({ name, handle, kind }) => {
    const allowed = allowedRoles[name] ?? readers
    const letIn: Role[] = []
    for (const role of roles) {
      const { status, location } = await outcome(handle, kind, cookies.get(role))
      expect(location ?? '').not.toMatch(/^\/login/)
      if (status !== 403) letIn.push(role)
    }
    expect(letIn.sort()).toEqual([...allowed].sort())
  })
})

describe('where a sign-in leads', () => {
  it('stays on this server', () => {
    expect(localPath('/reviews/2026-09?x=1')).toBe('/reviews/2026-09?x=1')
    const elsewhere = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:1']
    // Browsers drop tabs and line breaks before they read an address, and fold dots.
    const disguised = [
      '/\t/evil.example',
      '/\n/evil.example',
      '\t//evil.example',
      '/..//evil.example',
      '/.\\/evil.example',
    ]
    for (const target of [null, '', ...elsewhere, ...disguised]) expect(localPath(target)).toBe('/')
  })
})
