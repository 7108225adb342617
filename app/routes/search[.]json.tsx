import { guarded, readers } from '../access.server.ts'
import { listDestinations } from '../destinations.server.ts'
import { chosenMonth } from '../reporting-months.server.ts'

/** What the command palette lists, read when it opens. */
export const loader = guarded(readers, async ({ request, user }) =>
  Response.json(await listDestinations(user, await chosenMonth(request))),
)
