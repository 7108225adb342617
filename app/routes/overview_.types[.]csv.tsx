import { guarded, readers } from '../access.server.ts'
import { csvResponse } from '../exports/table-csv.ts'
import { getOverviewCsv } from '../overview.server.ts'
import { requiredMonth } from '../reporting-months.server.ts'

/** The numbers of the overview's tables as a file: every type, under the filter of the address. */
export const loader = guarded(readers, async ({ request }) => {
  const month = await requiredMonth(request)
  const { searchParams } = new URL(request.url)
  return csvResponse(await getOverviewCsv(searchParams, month, new Date()), `oversight-overview-${month}.csv`)
})
