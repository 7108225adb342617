import { timingSafeEqual } from 'node:crypto'
import { type Cookie, createCookie } from '@remix-run/node'
import {
  createSession,
  endOtherSessions,
  endSession,
  findSession,
  listOwnSessions,
  type OpenSession,
  type Session,
} from '#governance/accounts/sessions.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { systemActor } from '#governance/ledger/system-actor.ts'
import { ledger } from './ledger.server.ts'
import { oncePerRequest, runtime } from './runtime.server.ts'

/** Whether people reach this server by https: said by the public address, as a proxy may end the encryption before us. */
export function isHttps(request: Request): boolean {
  const { publicUrl } = runtime().environment
  return (publicUrl ?? new URL(request.url)).protocol === 'https:'
}

/** The cookie holds a random token only; what it stands for is in the ledger, under its hash. */
function sessionCookie(isHttps: boolean): Cookie {
  // Browsers accept the __Host- name (bound to this host, path and https) only from https.
  return createCookie(isHttps ? '__Host-sid' : 'sid', {
    httpOnly: true,
    path: '/',
    sameSite: 'lax',
    secure: isHttps,
  })
}

async function sessionToken(request: Request): Promise<string | undefined> {
  const value: unknown = await sessionCookie(isHttps(request)).parse(request.headers.get('Cookie'))
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The session of the request, looked up once; undefined when signed out, idle too long or ended. */
export function currentSession(request: Request): Promise<Session | undefined> {
  return oncePerRequest('session', async () => {
    if (isPrinting(request)) return printingSession()
    const token = await sessionToken(request)
    return token === undefined ? undefined : findSession(await ledger(), token, systemClock())
  })
}

/** Starts a session and gives the Set-Cookie header. The id that the browser brought along ends. */
export async function startSession(request: Request, userId: string): Promise<string> {
  const replaces = await sessionToken(request)
  const { token } = await createSession(await ledger(), { userId, replaces }, systemClock())
  // No expiry in the cookie: it ends with the browser, and at the latest where the ledger says so.
  return sessionCookie(isHttps(request)).serialize(token)
}

/** Ends the session and gives the Set-Cookie header that clears it. */
export async function stopSession(request: Request): Promise<string> {
  const token = await sessionToken(request)
  if (token !== undefined) await endSession(await ledger(), token)
  return sessionCookie(isHttps(request)).serialize('', { maxAge: 0 })
}

/** Every session of the person of the request. */
export async function sessionsOf(request: Request): Promise<OpenSession[]> {
  const token = await sessionToken(request)
  return token === undefined ? [] : listOwnSessions(await ledger(), token, systemClock())
}

/** Signs the person of the request out everywhere else. */
export async function stopOtherSessions(request: Request): Promise<number> {
  const token = await sessionToken(request)
  return token === undefined ? 0 : endOtherSessions(await ledger(), token)
}

export const printTokenHeader = 'X-Oversight-Print'

/** Whether the browser that this process drives asks, to print: reading only. */
function isPrinting(request: Request): boolean {
  const { printToken } = runtime()
  const given = request.headers.get(printTokenHeader)
  if (printToken === undefined || given === null || request.method !== 'GET') return false
  const [a, b] = [Buffer.from(given), Buffer.from(printToken)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function printingSession(): Session {
  const { now } = systemClock()
  const { id, name } = systemActor
  const user = {
    id,
    name,
    email: '',
    roles: ['viewer'],
    isDemonstration: false,
    isDisabled: false,
    createdAt: now,
  } as const
  return { user, mustChangePassword: false, createdAt: now, expiresAt: now }
}
