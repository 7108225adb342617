import { Link, type MetaFunction, useLoaderData } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { ButtonLink } from '../components/button.tsx'
import { ChartFigure } from '../components/evidence/chart-figure.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { ErrorChartKey } from '../components/evidence/error-chart-key.tsx'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { GateSummary } from '../components/evidence/gate-summary.tsx'
import { MissingGates } from '../components/evidence/missing-gates.tsx'
import { SegmentTables } from '../components/evidence/segment-tables.tsx'
import { TypeRail } from '../components/evidence/type-rail.tsx'
import { TypeTabs } from '../components/evidence/type-tabs.tsx'
import { WatchingFacts } from '../components/evidence/watching-facts.tsx'
import { Icon } from '../components/icon.tsx'
import { LevelGlyph } from '../components/level-glyph.tsx'
import { Page } from '../components/page.tsx'
import { Status } from '../components/status.tsx'
import { useScope } from '../evidence/filter/use-scope.ts'
import { metricDefinitions } from '../evidence/metric-definitions.ts'
import { typeHref } from '../evidence/rows-href.ts'
import { chartForPage } from '../evidence/type/chart-view.ts'
import { typeFileHref } from '../evidence/type/type-file-href.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'
import { getTypeView } from '../type-page.server.ts'
import { typeScope } from '../type-scope.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `${data.view.interactionType}, ${formatMonth(data.view.month)}` : 'Interaction type')

export const loader = guarded(readers, async ({ request, params }) => {
  const month = await chosenMonth(request)
  if (month === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  const { filter, bar } = await typeScope(new URL(request.url).searchParams)
  const view = await getTypeView(params.type ?? '', month, filter, new Date())
  return {
    bar,
    view: { ...view, mainChart: chartForPage(view.mainChart), charts: view.charts.map(chartForPage) },
    definitions: metricDefinitions([
      'ai_error_rate',
      'csat_satisfied_rate',
      'ai_share',
      'repeat_contact_rate_48h',
      'qa_score',
      'qa_completion',
      'qa_coverage',
      'unexpected_escalation_rate',
    ]),
  }
})

const decideWords = {
  expand: 'Expand is recommended',
  keep: 'Keep is recommended',
  reduce: 'Reduce is recommended',
} as const

const decidedWords = { expand: 'Expand', keep: 'Keep', reduce: 'Reduce', baseline: 'Baseline' } as const

export default function InteractionType() {
  const { view, definitions, bar } = useLoaderData<typeof loader>()
  const scope = useScope(view.month)
  const fileHref = typeFileHref(view.interactionType, 'summary', scope)
  return (
    <Page chips={<FilterBar view={bar} />}>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to={`/types${scope}`}>Interaction types</Link>
        {view.registration === null ? null : (
          <>
            <span aria-hidden="true">/</span>
            <span>{view.registration.area}</span>
          </>
        )}
      </nav>
      <TypeTabs interactionType={view.interactionType} month={view.month} current="summary" />
      <div className="head">
        <div className="title">
          <h1>{view.interactionType}</h1>
          {view.level === null ? null : <LevelGlyph level={view.level} ceiling={view.ceiling} />}
          <Status kind={view.status.kind} word={view.status.word} />
        </div>
        {view.decision !== null ? (
          <p className="decided">
            Decided for {formatMonth(view.month)}:{' '}
            <Link to={view.decision.href}>
              {decidedWords[view.decision.action]}, {view.decision.on}
            </Link>
          </p>
        ) : view.recommendation === null ? (
          <ButtonLink to={view.reviewHref} look="primary">
            Register this type
          </ButtonLink>
        ) : view.isFinal ? (
          <ButtonLink to={view.reviewHref} look="primary">
            <span>Decide:</span> <Icon name={view.recommendation} /> {decideWords[view.recommendation]}
          </ButtonLink>
        ) : null}
      </div>
      <p className="lead">
        <strong>{view.lead.strong}</strong> {view.lead.rest}
      </p>
      {view.filterNote === null ? null : <p className="filter-note">{view.filterNote}</p>}
      <GateSummary groups={view.gateGroups} />

      <div className="with-rail">
        <div className="stack">
          <h2 className="hidden">Measures</h2>
          <ChartFigure chart={view.mainChart} fileHref={fileHref} chartKey={<ErrorChartKey />} />
          <section className="figures" aria-label="Other measures">
            {view.charts.map((chart) => (
              <ChartFigure key={chart.id} chart={chart} fileHref={fileHref} />
            ))}
          </section>
          <section aria-labelledby="outcomes">
            <div className="head">
              <h2 id="outcomes">What became of it</h2>
              <p>{view.windowText}</p>
            </div>
            <p className="measure">
              <strong>{view.resolution.strong}</strong> {view.resolution.rest}
            </p>
            <p className="gap">
              <Link to={`${typeHref(view.interactionType)}/outcomes${scope}`}>
                Resolution, defects, channels, hand-overs, repeat contact and CSAT
              </Link>
            </p>
          </section>
          <section aria-labelledby="watching">
            <div className="head">
              <h2 id="watching">How good the watching is</h2>
              <p>{formatMonth(view.month)}</p>
            </div>
            <WatchingFacts facts={view.watching} />
          </section>
          <SegmentTables tables={view.segments} windowText={view.windowText} />
          <MissingGates missing={view.missingGates} />
          <Definitions definitions={definitions} />
        </div>
        <TypeRail view={view} />
      </div>
    </Page>
  )
}
