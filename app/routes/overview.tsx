import { type MetaFunction, useLoaderData, useSearchParams } from '@remix-run/react'
import { listViews } from '#governance/views/list-views.ts'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { ViewMenu } from '../components/evidence/view-menu.tsx'
import { DrawnPage, Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { getDrawnOverview } from '../drawn-overview.server.ts'
import { viewMenu } from '../evidence/views/view-menu.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'
import { sendDrawn } from '../send-drawn.server.ts'

export const handle: PageHandle = { nav: 'overview', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Overview, ${formatMonth(data.view.month)}` : 'Overview')

export const loader = guarded(readers, async ({ request, user }) => {
  const month = await chosenMonth(request)
  if (month === undefined) return { view: null, menu: null }
  const { searchParams } = new URL(request.url)
  const view = await getDrawnOverview(searchParams, month, new Date())
  const views = await listViews(await ledger(), { userId: user.id })
  return { view: { ...view, drawn: sendDrawn(view.drawn) }, menu: viewMenu(views, searchParams, month) }
})

export default function Overview() {
  const { view, menu } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  if (view === null) {
    return (
      <Page>
        <h1>Overview</h1>
        <EmptyState title="No data yet">
          <p>
            Load files with <code>oversight load</code>, or make demonstration data with <code>oversight sample</code>.
          </p>
        </EmptyState>
      </Page>
    )
  }
  return (
    <DrawnPage
      drawn={view.drawn}
      chips={
        <FilterBar view={view.bar}>
          {/* Closed again when another view is shown or saved. */}
          <ViewMenu key={`${search} ${menu.views.length}`} menu={menu} />
        </FilterBar>
      }
    />
  )
}
