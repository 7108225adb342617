import { exporters, guarded } from '../access.server.ts'
import { exportCountedRows } from '../interactions.server.ts'
import { chosenMonth } from '../reporting-months.server.ts'

/** Every contact that a number of one type counts, as a file. */
export const loader = guarded(exporters, async ({ request, params, user }) =>
  exportCountedRows({ request, user }, params.type ?? '', await chosenMonth(request)),
)
