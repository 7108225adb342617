import { Link, type MetaFunction, useLoaderData, useSearchParams } from '@remix-run/react'
import { listViews } from '#governance/views/list-views.ts'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { AutonomyLadder } from '../components/evidence/autonomy-ladder.tsx'
import { ChangeList } from '../components/evidence/change-list.tsx'
import { ChartFigure } from '../components/evidence/chart-figure.tsx'
import { DecisionList } from '../components/evidence/decision-list.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { MetricStrip } from '../components/evidence/metric-strip.tsx'
import { MetricTable } from '../components/evidence/metric-table.tsx'
import { SignLines } from '../components/evidence/sign-lines.tsx'
import { TypesTable } from '../components/evidence/types-table.tsx'
import { UnregisteredNotice } from '../components/evidence/unregistered-notice.tsx'
import { ViewMenu } from '../components/evidence/view-menu.tsx'
import { WeeklyStrip } from '../components/evidence/weekly-strip.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { metricDefinitions } from '../evidence/metric-definitions.ts'
import { chartForPage } from '../evidence/type/chart-view.ts'
import { viewMenu } from '../evidence/views/view-menu.ts'
import { ledger } from '../ledger.server.ts'
import { getFilteredOverview } from '../overview.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'

export const handle: PageHandle = { nav: 'overview', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Overview, ${formatMonth(data.view.month)}` : 'Overview')

export const loader = guarded(readers, async ({ request, user }) => {
  const month = await chosenMonth(request)
  if (month === undefined) return { view: null, definitions: [], menu: null }
  const definitions = metricDefinitions([
    'ai_share',
    'durable_resolution_rate',
    'ai_error_rate',
    'csat_satisfied_rate',
    'repeat_contact_rate_48h',
    'qa_completion',
    'unexpected_escalation_rate',
    'automation_creep',
    'critical_defects',
    'qa_score',
  ])
  const { searchParams } = new URL(request.url)
  const view = await getFilteredOverview(searchParams, month, new Date())
  const views = await listViews(await ledger(), { userId: user.id })
  return {
    view: { ...view, charts: view.charts.map(chartForPage) },
    definitions,
    menu: viewMenu(views, searchParams, month),
  }
})

export default function Overview() {
  const { view, definitions, menu } = useLoaderData<typeof loader>()
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
  const isHeat = search.get('view') === 'heat'
  const hrefOf = (change: { view?: string | null }) => {
    const kept = new URLSearchParams(search)
    if (view !== null) kept.set('month', view.month)
    if (change.view === null) kept.delete('view')
    else if (change.view !== undefined) kept.set('view', change.view)
    return `?${kept}`
  }
  return (
    <Page
      chips={
        <FilterBar view={view.bar}>
          {/* Closed again when another view is shown or saved. */}
          <ViewMenu key={`${search} ${menu.views.length}`} menu={menu} />
        </FilterBar>
      }
    >
      <h1>Overview</h1>
      <p className="lead">
        <strong>{view.lead.strong}</strong> {view.lead.rest}
      </p>
      {view.filterNote === null ? null : <p className="filter-note">{view.filterNote}</p>}
      <MetricStrip headlines={view.headlines} month={view.month} />

      <section className="split" aria-label="To decide and to know">
        <section aria-labelledby="open">
          <div className="head">
            <h2 id="open">Open decisions</h2>
            <p>{view.decisionsNote}</p>
          </div>
          <UnregisteredNotice types={view.unregistered} month={view.month} />
          {view.openDecisions.length === 0 ? (
            <p className="quiet">{view.nothingToDecide}</p>
          ) : (
            <DecisionList decisions={view.openDecisions} />
          )}
        </section>
        <section aria-labelledby="changed">
          <div className="head">
            <h2 id="changed">Warning signs and what changed</h2>
            <p>{view.warningsNote}</p>
          </div>
          <SignLines signs={view.signs} />
          <ChangeList
            warnings={view.warnings}
            moves={view.moves}
            whyEmpty={
              view.isFinal
                ? (view.comparisonRefusal ?? 'Nothing moved beyond chance.')
                : 'Provisional months are not compared.'
            }
          />
        </section>
      </section>

      <section aria-labelledby="types">
        <div className="head">
          <h2 id="types">Interaction types</h2>
          <p className="tools">
            <Link to={isHeat ? hrefOf({ view: null }) : hrefOf({ view: 'heat' })} preventScrollReset>
              {isHeat ? 'As table' : 'As heat table'}
            </Link>
            <Link to={`/overview/types.csv${hrefOf({})}`} reloadDocument>
              CSV
            </Link>
            <Link to="/data/dictionary">Dictionary</Link>
          </p>
        </div>
        {view.contactCount === 0 ? (
          <EmptyState title={`No contacts in ${formatMonth(view.month)} for these filters`}>
            <p>{view.bar.clearSearch === null ? null : <Link to={view.bar.clearSearch}>Clear filters</Link>}</p>
          </EmptyState>
        ) : isHeat ? (
          <>
            <p className="soft">
              {formatMonth(view.month)} alone, value with 95 % interval and count. Tinted where the policy sets a limit:
              beyond it, or cannot be told. Gates pool several months, so a cell is no verdict on a type.
            </p>
            <MetricTable view={view.heat} caption="Types by metric" />
          </>
        ) : (
          <TypesTable
            groups={view.groups}
            axis={view.errorAxis}
            windowText={view.windowText}
            comparedText={view.comparedText}
          />
        )}
      </section>
      <section aria-labelledby="ladder">
        <div className="head">
          <h2 id="ladder">Autonomy ladder</h2>
          <p>levels in force now</p>
        </div>
        <AutonomyLadder ladder={view.ladder} />
      </section>
      {view.weekly === null ? null : (
        <section aria-labelledby="weekly">
          <div className="head">
            <h2 id="weekly">Week by week</h2>
            <p>AI contacts, thirteen whole weeks</p>
          </div>
          <WeeklyStrip strip={view.weekly} />
        </section>
      )}
      <section className="figures trends" aria-label="Trends">
        {view.charts.map((chart) => (
          <ChartFigure
            key={chart.id}
            chart={chart}
            fileHref={(id, ending) => `/overview/files/${id}.${ending}${hrefOf({ view: null })}`}
          />
        ))}
      </section>
      <Definitions definitions={definitions} />
      <p className="quiet">
        <Link to={`/board-pack/${view.month}`} reloadDocument>
          Board pack of {formatMonth(view.month)}
        </Link>
        , for print and PDF
      </p>
    </Page>
  )
}
