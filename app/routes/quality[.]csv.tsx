import { guarded, readers } from '../access.server.ts'
import { csvResponse } from '../exports/table-csv.ts'
import { getQualityCsv } from '../quality.server.ts'
import { requiredMonth } from '../reporting-months.server.ts'

/** The numbers of the quality page as a file. */
export const loader = guarded(readers, async ({ request }) => {
  const month = await requiredMonth(request)
  return csvResponse(await getQualityCsv(month, new Date()), `oversight-quality-${month}.csv`)
})
