import type { User } from '#governance/accounts/user.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { listContactValues } from '#models/contacts/list-contact-values.ts'
import {
  countCountedContacts,
  listCountedContacts,
  streamCountedContacts,
} from '#models/contacts/list-counted-contacts.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { exporters } from './access.server.ts'
import { type FilterBarView, filterBar } from './evidence/filter/filter-menus.ts'
import { typesOfArea } from './evidence/filter/types-of-area.ts'
import { contactCsvColumns } from './evidence/interactions/contact-csv.ts'
import { parseRowsRequest, type RowsRequest } from './evidence/interactions/rows-request.ts'
import { buildRowsView, type RowsView, rowsPerPage } from './evidence/interactions/rows-view.ts'
import { closingAfter } from './exports/closing-after.ts'
import { streamTableCsv } from './exports/stream-table-csv.ts'
import { ledger } from './ledger.server.ts'
import { logRowsSeen } from './log-rows-seen.server.ts'
import { currentWarehouse, oncePerSnapshot, openWarehouseForStream } from './warehouse.server.ts'

interface Asking {
  request: Request
  user: Pick<User, 'id' | 'roles'>
}

/** Exactly the contacts that a number counts, of one type or (null) of all; logged. Throws bad_input and not_found. */
export async function getCountedRows(
  { request, user }: Asking,
  interactionType: string | null,
  month: Month | undefined,
): Promise<RowsView & { mayExport: boolean; bar: FilterBarView }> {
  const url = new URL(request.url)
  const asked = parseAsked(url, month)
  const warehouse = await currentWarehouse()
  const [{ reportingTimeZone }, { rows, total }] = await Promise.all([
    getSnapshotInfo(warehouse.db),
    listCountedContacts(warehouse, { ...asked, ...(await whoseRows(asked, interactionType)), pageSize: rowsPerPage }),
  ])
  const { metric, windowMonths } = asked
  logRowsSeen({ user, way: 'list', interactionType, metric, month: asked.month, windowMonths, rowCount: rows.length })
  const view = buildRowsView({
    request: asked,
    interactionType,
    rows,
    total,
    timeZone: reportingTimeZone,
    path: url.pathname.replace(/\.data$/, ''),
  })
  const bar = await rowsBar(url.searchParams, asked, interactionType)
  return { ...view, bar, mayExport: exporters.some((role) => user.roles.includes(role)) }
}

/** All of them as a CSV file, in the order of the page; logged before the first row leaves. */
export async function exportCountedRows(
  { request, user }: Asking,
  interactionType: string | null,
  month: Month | undefined,
): Promise<Response> {
  const asked = parseAsked(new URL(request.url), month)
  const filter = { ...asked, ...(await whoseRows(asked, interactionType)) }
  const { metric, windowMonths } = asked
  const rowCount = await countCountedContacts(await currentWarehouse(), filter)
  const seen = { interactionType, metric, month: asked.month, windowMonths, format: 'csv', rowCount }
  logRowsSeen({ user, way: 'export', ...seen })
  const warehouse = await openWarehouseForStream()
  if (warehouse === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  const batches = streamCountedContacts(warehouse, filter)
  const name = [interactionType ?? 'all-types', metric, asked.part, asked.month].join('-').replaceAll(/[^\w-]+/g, '_')
  return streamTableCsv(contactCsvColumns, closingAfter(batches, warehouse), `oversight-contacts-${name}.csv`)
}

function parseAsked(url: URL, month: Month | undefined): RowsRequest {
  if (month === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  return parseRowsRequest(url.searchParams, month)
}

/** Other contacts of the same number: from the first page of their list. */
async function rowsBar(
  asked: URLSearchParams,
  { filter }: RowsRequest,
  interactionType: string | null,
): Promise<FilterBarView> {
  const search = new URLSearchParams(asked)
  search.delete('page')
  const values = await oncePerSnapshot('contact values', ({ db }) => listContactValues(db))
  if (interactionType !== null) {
    return filterBar({ search, comparison: null, filter: { ...filter, area: null }, areas: null, values })
  }
  const areas = [...new Set((await listRegisteredTypes(await ledger())).map(({ area }) => area))].sort()
  return filterBar({ search, comparison: null, filter, areas, values })
}

async function whoseRows({ filter }: RowsRequest, interactionType: string | null) {
  const { area } = filter
  const interactionTypes = area === null ? undefined : typesOfArea(area, await listRegisteredTypes(await ledger()))
  return { interactionType, interactionTypes, contacts: filter }
}
