import { type MetaFunction, useLoaderData, useSearchParams } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { SavesTable } from '../components/evidence/saves-table.tsx'
import { TypesTable } from '../components/evidence/types-table.tsx'
import { UnregisteredNotice } from '../components/evidence/unregistered-notice.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { scopeSearch } from '../evidence/filter/scope-search.ts'
import { getFilteredOverview } from '../overview.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Interaction types, ${formatMonth(data.view.month)}` : 'Interaction types')

export const loader = guarded(readers, async ({ request }) => {
  const month = await chosenMonth(request)
  if (month === undefined) return { view: null }
  // Of the overview, what this page shows.
  const { lead, filterNote, unregistered, groups, errorAxis, windowText, comparedText, bar, ...view } =
    await getFilteredOverview(new URL(request.url).searchParams, month, new Date())
  return {
    view: {
      month: view.month,
      lead,
      filterNote,
      unregistered,
      groups,
      errorAxis,
      windowText,
      comparedText,
      bar,
    },
  }
})

export default function InteractionTypes() {
  const { view } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const scope = scopeSearch(search)
  if (view !== null) scope.set('month', view.month)
  return (
    <Page chips={view === null ? null : <FilterBar view={view.bar} />}>
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
          {view.filterNote === null ? null : <p className="filter-note">{view.filterNote}</p>}
          <UnregisteredNotice types={view.unregistered} month={view.month} />
          <section aria-label="All types">
            <SavesTable href={`/types.csv?${scope}`} what={`types of ${formatMonth(view.month)}`} />
            <TypesTable
              groups={view.groups}
              axis={view.errorAxis}
              windowText={view.windowText}
              comparedText={view.comparedText}
              search={search}
            />
          </section>
        </>
      )}
    </Page>
  )
}
