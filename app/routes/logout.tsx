import { redirect } from '@remix-run/node'
import { open } from '../access.server.ts'
import { stopSession } from '../session.server.ts'

export const loader = open(async () => redirect('/'))

/** Signing out needs no session: whoever asks ends without one. */
export const action = open(async ({ request }) =>
  redirect('/login', { headers: { 'Set-Cookie': await stopSession(request) } }),
)
