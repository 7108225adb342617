import type { AddressInfo } from 'node:net'
import express from 'express'
import { type ApiLimits, apiRouter } from '#app/api/api-router.ts'
import { ledger } from '#app/ledger.server.ts'
import { withRequestScope } from '#app/runtime.server.ts'
import type { ApiScope } from '#governance/accounts/api-scopes.ts'
import { createApiToken } from '#governance/accounts/create-api-token.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import type { Role } from '#governance/accounts/roles.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { password } from './ledger.ts'
import { buildWeb, type TestWeb } from './web.ts'

/** /api/v1 on a real socket, over a home of its own. */
export interface TestApi {
  web: TestWeb
  /** Up to /api/v1. */
  url: string
  get(path: string, token?: string, init?: RequestInit): Promise<Response>
  /** A token of a new person with these roles; of a machine without any. */
  tokenOf(
    scopes: readonly ApiScope[],
    ...roles: Role[]
  ): Promise<{ id: string; secret: string; holderId: string | null }>
  remove(): Promise<void>
}

export async function buildApi(limits?: ApiLimits): Promise<TestApi> {
  const web = buildWeb()
  const app = express()
  app.use((request, response, next) => {
    const scope = {
      runtime: web.runtime,
      clientAddress: request.ip ?? '',
      isDocument: false,
      memo: new Map<string, unknown>(),
      cleanups: [] as (() => void)[],
    }
    response.once('close', () => {
      for (const cleanup of scope.cleanups.splice(0)) cleanup()
    })
    withRequestScope(scope, next)
  })
  app.use('/api/v1', apiRouter(limits))
  const server = await new Promise<ReturnType<typeof app.listen>>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
  let count = 0
  return {
    web,
    url,
    get: (path, token, init = {}) =>
      fetch(url + path, { ...init, headers: { ...(token && { Authorization: `Bearer ${token}` }), ...init.headers } }),
    tokenOf(scopes, ...roles) {
      return web.request(async () => {
        count += 1
        const open = await ledger()
        const person = { email: `bearer${count}@example.com`, name: `Bearer ${count}`, roles, password }
        const holder = roles.length === 0 ? null : await createUser(open, { ...person, by: 'system' }, systemClock())
        const { token, secret } = await createApiToken(
          open,
          { name: `token ${count}`, scopes: [...scopes], validDays: 30, holderId: holder?.id ?? null, by: 'system' },
          systemClock(),
        )
        return { id: token.id, secret, holderId: token.holderId }
      })
    },
    async remove() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await web.remove()
    },
  }
}
