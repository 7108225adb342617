import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type Role, roles } from '#governance/accounts/roles.ts'
import type { User } from '#governance/accounts/user.ts'
import type { ErrorCode, OversightError } from '#models/oversight-error.ts'
import { missingRole } from './missing-role.server.ts'
import { currentSession } from './session.server.ts'

/** Who may read evidence, reviews and decisions. */
export const readers: readonly Role[] = roles
/** Who may read and verify the audit trail. */
export const trailReaders: readonly Role[] = ['viewer', 'approver', 'auditor', 'admin']
/** Who may take the whole trail away, every vote and name in it. */
export const bundleReaders: readonly Role[] = ['auditor']
/** Who may take data away. */
export const exporters: readonly Role[] = ['analyst', 'auditor']
/** Who sees how single reviewers judge (docs/decisions/reviewer-statistics.md). */
export const calibrators: readonly Role[] = ['approver']
/** Who sees messages that may quote a value of a file that was loaded. */
export const loaders: readonly Role[] = ['operator', 'admin']
/** Who may make tokens for programs: their own, and an admin those of machines. */
export const tokenMakers: readonly Role[] = ['analyst', 'auditor', 'admin']

type Arguments = LoaderFunctionArgs | ActionFunctionArgs

/**
 * The person of the request, who must hold one of the roles. Throws a redirect to the sign-in page when nobody is signed
 * in (for reads: and back afterwards) or to the page of the password when somebody else chose it, and a 403 page naming
 * the roles when the person holds none of them.
 */
async function requireUser(request: Request, allowed: readonly Role[]): Promise<User> {
  const session = await currentSession(request)
  if (session === undefined) throw redirect(signInHref(request))
  if (session.mustChangePassword && !isPasswordPage(request)) throw redirect(passwordHref)
  if (!allowed.some((role) => session.user.roles.includes(role))) {
    const what = request.method === 'GET' || request.method === 'HEAD' ? 'open this' : 'do this'
    throw problemResponse('forbidden', await missingRole(allowed, session.user, what))
  }
  return session.user
}

/**
 * A loader or action that only people with one of the roles reach. Errors meant for people become answers with the
 * matching status. Every route is made with it (or with `open`); a test walks through all of them.
 *
 * @example export const loader = guarded(readers, async ({ params, user }) => ({ ... }))
 */
export function guarded<Result>(
  allowed: readonly Role[],
  handle: (args: Arguments & { user: User }) => Promise<Result>,
): (args: Arguments) => Promise<Result> {
  return (args) => answering(async () => handle({ ...args, user: await requireUser(args.request, allowed) }))
}

/** A loader or action that needs no sign-in. The test lists them by name. */
export function open<Result>(handle: (args: Arguments) => Promise<Result>): (args: Arguments) => Promise<Result> {
  return (args) => answering(() => handle(args))
}

async function answering<Result>(handle: () => Promise<Result>): Promise<Result> {
  try {
    return await handle()
  } catch (error) {
    if (isOversightError(error) && error.code !== 'internal') {
      throw problemResponse(error.code, error.message)
    }
    throw error
  }
}

/** By name, as the server and its bundle each have their own copy of the class. */
export function isOversightError(error: unknown): error is OversightError {
  return error instanceof Error && error.name === 'OversightError'
}

const statuses: Readonly<Record<ErrorCode, number>> = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  load_refused: 409,
  unavailable: 503,
  trail_broken: 500,
  internal: 500,
}

export function statusOf(code: ErrorCode): number {
  return statuses[code]
}

/** The reason in plain words: a page shows it inside its frame, a file's address answers with it as it is. */
function problemResponse(code: ErrorCode, message: string): Response {
  return new Response(message, {
    status: statusOf(code),
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
}

/** Where one sets one's own password. */
const passwordHref = '/account/password'

function isPasswordPage(request: Request): boolean {
  return new URL(request.url).pathname.replace(/\.data$/, '') === passwordHref
}

function signInHref(request: Request): string {
  const url = new URL(request.url)
  const target = request.method === 'GET' ? `${url.pathname.replace(/\.data$/, '')}${withoutInternals(url)}` : '/'
  return target === '/' ? '/login' : `/login?${new URLSearchParams({ to: target })}`
}

/** The search without what the framework adds to it. */
function withoutInternals(url: URL): string {
  const search = new URLSearchParams(url.search)
  search.delete('_routes')
  search.delete('index')
  return search.size === 0 ? '' : `?${search}`
}

/** A path on this server to return to; anything else (another host, a protocol) becomes the start page. */
export function localPath(target: string | null): string {
  const here = 'http://here.invalid'
  if (target === null || !target.startsWith('/') || !URL.canParse(target, here)) return '/'
  // As a browser reads it, which drops tabs and line breaks and takes a backslash for a slash.
  const { origin, pathname, search, hash } = new URL(target, here)
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}
