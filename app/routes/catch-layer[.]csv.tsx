import { guarded, readers } from '../access.server.ts'
import { getCatchLayerCsv } from '../catch-layer.server.ts'
import { csvResponse } from '../exports/table-csv.ts'
import { requiredMonth } from '../reporting-months.server.ts'

/** The numbers of the catch layer as a file. */
export const loader = guarded(readers, async ({ request }) => {
  const month = await requiredMonth(request)
  return csvResponse(await getCatchLayerCsv(month, new Date()), `oversight-catch-layer-${month}.csv`)
})
