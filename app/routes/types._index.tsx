import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { SavesTable } from '../components/evidence/saves-table.tsx'
import { TypesTable } from '../components/evidence/types-table.tsx'
import { UnregisteredNotice } from '../components/evidence/unregistered-notice.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { getOverview } from '../overview.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Interaction types, ${formatMonth(data.view.month)}` : 'Interaction types')

export const loader = guarded(readers, async ({ request }) => {
  const month = await chosenMonth(request)
  return { view: month === undefined ? null : await getOverview(month, new Date()) }
})

export default function InteractionTypes() {
  const { view } = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>Interaction types</h1>
      {view === null ? (
        <EmptyState title="No data yet">
          <p>
            Load files with <code>oversight load</code>, or make demonstration data with <code>oversight sample</code>.
          </p>
        </EmptyState>
      ) : (
        <>
          <p className="lead">
            <strong>{view.lead.strong}</strong> {view.lead.rest}
          </p>
          <UnregisteredNotice types={view.unregistered} month={view.month} />
          <section aria-label="All types">
            <SavesTable href={`/types.csv?month=${view.month}`} what={`types of ${formatMonth(view.month)}`} />
            <TypesTable
              groups={view.groups}
              axis={view.errorAxis}
              windowText={view.windowText}
              comparedText={view.comparedText}
            />
          </section>
        </>
      )}
    </Page>
  )
}
