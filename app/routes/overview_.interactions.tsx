import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { guarded, readers } from '../access.server.ts'
import { RowsPage } from '../components/evidence/rows-page.tsx'
import { getCountedRows } from '../interactions.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'

export const handle: PageHandle = { nav: 'overview', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data ? `${data.metricLabel} of all types` : 'Contacts')

export const loader = guarded(readers, async ({ request, user }) =>
  getCountedRows({ request, user }, null, await chosenMonth(request)),
)

export default function AllInteractions() {
  return <RowsPage view={useLoaderData<typeof loader>()} />
}
