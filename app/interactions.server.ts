import type { User } from '#governance/accounts/user.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { typesOfArea } from './evidence/filter/types-of-area.ts'
import { parseRowsRequest } from './evidence/interactions/rows-request.ts'
import { buildRowsView, type RowsView, rowsPerPage } from './evidence/interactions/rows-view.ts'
import { ledger } from './ledger.server.ts'
import { logRowsSeen } from './log-rows-seen.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

/** Exactly the contacts that a number counts, of one type or (null) of all; logged. Throws bad_input and not_found. */
export async function getCountedRows(
  { request, user }: { request: Request; user: Pick<User, 'id'> },
  interactionType: string | null,
  month: Month | undefined,
): Promise<RowsView> {
  if (month === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  const url = new URL(request.url)
  const asked = parseRowsRequest(url.searchParams, month)
  const { db } = await currentWarehouse()
  const { area } = asked.filter
  const interactionTypes = area === null ? undefined : typesOfArea(area, await listRegisteredTypes(await ledger()))
  const [{ reportingTimeZone }, { rows, total }] = await Promise.all([
    getSnapshotInfo(db),
    listCountedContacts(db, {
      ...asked,
      interactionType,
      interactionTypes,
      contacts: asked.filter,
      pageSize: rowsPerPage,
    }),
  ])
  const { metric, windowMonths } = asked
  logRowsSeen({ user, way: 'list', interactionType, metric, month, windowMonths, rowCount: rows.length })
  return buildRowsView({
    request: asked,
    interactionType,
    rows,
    total,
    timeZone: reportingTimeZone,
    path: url.pathname.replace(/\.data$/, ''),
  })
}
