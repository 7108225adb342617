import { redirect } from '@remix-run/node'
import { guarded, readers } from '../access.server.ts'
import { stopOtherSessions } from '../session.server.ts'

export const loader = guarded(readers, async () => redirect('/account'))

/** Signs the person out everywhere but here. */
export const action = guarded(readers, async ({ request }) => {
  await stopOtherSessions(request)
  return redirect('/account?done=sessions')
})
