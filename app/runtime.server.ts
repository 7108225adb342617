import { AsyncLocalStorage } from 'node:async_hooks'
import { OversightError } from '#models/oversight-error.ts'
import type { Environment } from './env.server.ts'
import type { Home } from './home.ts'

/** One running web server: whose data it serves and what it holds open. */
export interface Runtime {
  home: Home
  environment: Environment
  isDevelopment: boolean
  /** Set while this process prints a page: whoever sends it may read as a viewer. Never leaves the process's browser. */
  printToken?: string | undefined
  /** Opened once and shared by all requests, by name. */
  resources: Map<string, unknown>
  /** Run when the server closes, last opened first. */
  closers: (() => Promise<void> | void)[]
}

/** One request: everything read in it comes from one snapshot. */
export interface RequestScope {
  runtime: Runtime
  /** Network address that asked, as far as proxies on the same machine or network can be believed. */
  clientAddress: string
  /** Whether a whole page is asked for, not only the data of one that a browser shows already. */
  isDocument: boolean
  /** Read once per request, by name. */
  memo: Map<string, unknown>
  /** Run when the response is finished or the client is gone. */
  cleanups: (() => void)[]
  /** Resolves when the client has taken what was written, or is gone. The framework writes without waiting. */
  drained?: () => Promise<void>
}

// The server runs unbuilt and the routes run from the bundle: two copies of this module, which must meet in one place.
const key = Symbol.for('oversight.request-scope')
const shared = globalThis as { [key]?: AsyncLocalStorage<RequestScope> }
shared[key] ??= new AsyncLocalStorage<RequestScope>()
const scopes: AsyncLocalStorage<RequestScope> = shared[key]

/** Runs a request, and whatever it starts, with the given scope. */
export function withRequestScope<Result>(scope: RequestScope, run: () => Result): Result {
  return scopes.run(scope, run)
}

/** Scope of the request being answered. Throws internal outside of a request. */
export function requestScope(): RequestScope {
  const scope = scopes.getStore()
  if (scope === undefined) {
    throw new OversightError('internal', 'Something of a request was asked for outside of a request.')
  }
  return scope
}

export function runtime(): Runtime {
  return requestScope().runtime
}

/** The value of this name, made at the first call in this request and the same afterwards. */
export function oncePerRequest<Value>(name: string, make: () => Value): Value {
  const { memo } = requestScope()
  if (!memo.has(name)) memo.set(name, make())
  return memo.get(name) as Value
}

/** A closed-down runtime has nothing open any more. */
export async function closeRuntime(runtime: Runtime): Promise<void> {
  for (const close of runtime.closers.splice(0).reverse()) await close()
  runtime.resources.clear()
}
