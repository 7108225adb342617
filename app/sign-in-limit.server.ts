import { type RequestScope, requestScope } from './runtime.server.ts'

/** Failed sign-ins that one network address may make in one window, over all accounts. */
export const failuresPerWindow = 30
const windowMilliseconds = 15 * 60_000
/** Addresses remembered at once; beyond it the oldest are forgotten. */
const mostAddresses = 10_000

interface Failures {
  count: number
  windowEndsAt: number
}

/**
 * Whether the address of this request failed too often lately. Beside the pause per account that the ledger keeps: this
 * one stops a single sender from trying many accounts. Kept in memory, as a restart costs an attacker more than us.
 */
export function isAddressPaused(now = Date.now()): boolean {
  const scope = requestScope()
  const failures = failuresOf(scope).get(scope.clientAddress)
  return failures !== undefined && now < failures.windowEndsAt && failures.count >= failuresPerWindow
}

export function countFailedSignIn(now = Date.now()): void {
  const scope = requestScope()
  const all = failuresOf(scope)
  const known = all.get(scope.clientAddress)
  const isCurrent = known !== undefined && now < known.windowEndsAt
  all.delete(scope.clientAddress)
  all.set(scope.clientAddress, {
    count: isCurrent ? known.count + 1 : 1,
    windowEndsAt: isCurrent ? known.windowEndsAt : now + windowMilliseconds,
  })
  const [oldest] = all.keys()
  if (all.size > mostAddresses && oldest !== undefined) all.delete(oldest)
}

function failuresOf({ runtime }: RequestScope): Map<string, Failures> {
  const found = runtime.resources.get('sign-in failures')
  if (found !== undefined) return found as Map<string, Failures>
  const made = new Map<string, Failures>()
  runtime.resources.set('sign-in failures', made)
  return made
}
