import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { parseRowsRequest } from './evidence/interactions/rows-request.ts'
import { buildRowsView, type RowsView, rowsPerPage } from './evidence/interactions/rows-view.ts'
import { currentWarehouse } from './warehouse.server.ts'

/** Exactly the contacts that a number counts, of one type or (null) of all. Throws bad_input and not_found. */
export async function getCountedRows(
  request: Request,
  interactionType: string | null,
  month: Month | undefined,
): Promise<RowsView> {
  if (month === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  const url = new URL(request.url)
  const asked = parseRowsRequest(url.searchParams, month)
  const { db } = await currentWarehouse()
  const [{ reportingTimeZone }, { rows, total }] = await Promise.all([
    getSnapshotInfo(db),
    listCountedContacts(db, { ...asked, interactionType, pageSize: rowsPerPage }),
  ])
  return buildRowsView({
    request: asked,
    interactionType,
    rows,
    total,
    timeZone: reportingTimeZone,
    path: url.pathname.replace(/\.data$/, ''),
  })
}
