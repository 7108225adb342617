import { exporters, guarded } from '../access.server.ts'
import { exportCountedRows } from '../interactions.server.ts'
import { chosenMonth } from '../reporting-months.server.ts'

/** Every contact that a number of all types counts, as a file. */
export const loader = guarded(exporters, async ({ request, user }) =>
  exportCountedRows({ request, user }, null, await chosenMonth(request)),
)
