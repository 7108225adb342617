import { Link, type MetaFunction, useLoaderData } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { ChartFigure } from '../components/evidence/chart-figure.tsx'
import { DecisionList } from '../components/evidence/decision-list.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { MetricStrip } from '../components/evidence/metric-strip.tsx'
import { TypesTable } from '../components/evidence/types-table.tsx'
import { UnregisteredNotice } from '../components/evidence/unregistered-notice.tsx'
import { WarningList } from '../components/evidence/warning-list.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { metricDefinitions } from '../evidence/metric-definitions.ts'
import { getOverview } from '../overview.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'

export const handle: PageHandle = { nav: 'overview', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Overview, ${formatMonth(data.view.month)}` : 'Overview')

export const loader = guarded(readers, async ({ request }) => {
  const month = await chosenMonth(request)
  if (month === undefined) return { view: null, definitions: [] }
  const definitions = metricDefinitions([
    'volume',
    'ai_share',
    'ai_error_rate',
    'csat_satisfied_rate',
    'repeat_contact_rate_48h',
    'qa_completion',
    'unexpected_escalation_rate',
    'automation_creep',
  ])
  return { view: await getOverview(month, new Date()), definitions }
})

export default function Overview() {
  const { view, definitions } = useLoaderData<typeof loader>()
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
    <Page>
      <h1>Overview</h1>
      <p className="lead">
        <strong>{view.lead.strong}</strong> {view.lead.rest}
      </p>
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
            <h2 id="changed">What changed</h2>
            <p>{view.warningsNote}</p>
          </div>
          {view.warnings.length === 0 ? (
            <p className="quiet">
              {view.isFinal ? 'Nothing that the built measures can see.' : 'Provisional months are not compared.'}
            </p>
          ) : (
            <WarningList warnings={view.warnings} />
          )}
        </section>
      </section>

      <section aria-labelledby="types">
        <div className="head">
          <h2 id="types">Interaction types</h2>
        </div>
        <TypesTable
          groups={view.groups}
          axis={view.errorAxis}
          windowText={view.windowText}
          comparedText={view.comparedText}
        />
      </section>
      <section className="figures" aria-label="Trends">
        {view.charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
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
