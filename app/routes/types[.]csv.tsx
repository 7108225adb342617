import { guarded, readers } from '../access.server.ts'
import { metricPointFacts } from '../evidence/metric-point-facts.ts'
import { typeListPoints } from '../evidence/type-list-points.ts'
import { factTableCsv } from '../exports/fact-table.ts'
import { csvResponse } from '../exports/table-csv.ts'
import { getFilteredPoints } from '../overview.server.ts'
import { requiredMonth } from '../reporting-months.server.ts'

/** The numbers of the list of types as a file: every type of the month, under the filter of the address. */
export const loader = guarded(readers, async ({ request }) => {
  const month = await requiredMonth(request)
  const points = await getFilteredPoints(new URL(request.url).searchParams, month, new Date())
  return csvResponse(factTableCsv(metricPointFacts(typeListPoints(points, month))), `oversight-types-${month}.csv`)
})
