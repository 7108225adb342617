import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvironment } from '#app/env.server.ts'
import { createHome } from '#app/home.ts'
import { ledger } from '#app/ledger.server.ts'
import { closeRuntime, type RequestScope, type Runtime, withRequestScope } from '#app/runtime.server.ts'
import { startSession } from '#app/session.server.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import type { Role } from '#governance/accounts/roles.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { password } from './ledger.ts'

/** A web server's inside without the network: a real home, and requests that run in their own scope. */
export interface TestWeb {
  runtime: Runtime
  /** Runs what a request would run, then what follows the end of its response. */
  request<Result>(run: () => Promise<Result> | Result, clientAddress?: string): Promise<Result>
  /** A signed-in person with these roles: the Cookie header to send. */
  cookieOf(...roles: Role[]): Promise<string>
  remove(): Promise<void>
}

export function buildWeb(variables: Readonly<Record<string, string>> = {}): TestWeb {
  const directory = mkdtempSync(join(tmpdir(), 'oversight-web-'))
  const runtime: Runtime = {
    home: createHome(join(directory, 'home')),
    environment: readEnvironment({ OVERSIGHT_LOG_LEVEL: 'silent', ...variables }),
    isDevelopment: false,
    resources: new Map(),
    closers: [],
  }
  let people = 0
  const web: TestWeb = {
    runtime,
    async request(run, clientAddress = '192.0.2.1') {
      const scope: RequestScope = { runtime, clientAddress, isDocument: true, memo: new Map(), cleanups: [] }
      try {
        return await withRequestScope(scope, run)
      } finally {
        for (const cleanup of scope.cleanups) cleanup()
      }
    },
    cookieOf(...roles) {
      return web.request(async () => {
        people += 1
        const name = `Person ${people}`
        const email = `person${people}@example.com`
        const user = await createUser(await ledger(), { email, name, roles, password, by: 'system' }, systemClock())
        const header = await startSession(new Request(`${originOf(runtime)}/`), user.id)
        return header.split(';')[0] ?? ''
      })
    },
    async remove() {
      await closeRuntime(runtime)
      rmSync(directory, { recursive: true })
    },
  }
  return web
}

/** Where the requests of a test go. */
export function originOf(runtime: Runtime): string {
  return runtime.environment.publicUrl?.origin ?? 'http://localhost:3000'
}
