import { formatMonth } from '#models/format-metric.ts'
import type { MetricDefinitionView } from '../../evidence/metric-definitions.ts'
import { typeHref } from '../../evidence/rows-href.ts'
import { typeFileHref } from '../../evidence/type/type-file-href.ts'
import type { TypeView } from '../../evidence/type/type-view.ts'
import { ButtonLink } from '../button.tsx'
import { CsvLink } from '../csv-link.tsx'
import { Icon } from '../icon.tsx'
import { LevelGlyph } from '../level-glyph.tsx'
import { PageLink } from '../page-link.tsx'
import { Status } from '../status.tsx'
import { ChartFigure } from './chart-figure.tsx'
import { Definitions } from './definitions.tsx'
import { ErrorChartKey } from './error-chart-key.tsx'
import { GateSummary } from './gate-summary.tsx'
import { MissingGates } from './missing-gates.tsx'
import { SavesTable } from './saves-table.tsx'
import { SegmentTables } from './segment-tables.tsx'
import { TypeRail } from './type-rail.tsx'
import { TypeTabs } from './type-tabs.tsx'
import { WatchingFacts } from './watching-facts.tsx'

const decideWords = {
  expand: 'Expand is recommended',
  keep: 'Keep is recommended',
  reduce: 'Reduce is recommended',
} as const

const decidedWords = { expand: 'Expand', keep: 'Keep', reduce: 'Reduce', baseline: 'Baseline' } as const

interface TypeContentProps {
  view: TypeView
  definitions: readonly MetricDefinitionView[]
  /** The search to other pages about the same contacts. */
  scope: `?${string}`
}

/** One type at a month: how it stands, what speaks for and against more autonomy, who answers for it. */
export function TypeContent({ view, definitions, scope }: TypeContentProps) {
  const fileHref = typeFileHref(view.interactionType, 'summary', scope)
  return (
    <>
      <nav className="crumbs" aria-label="Breadcrumb">
        <PageLink to={`/types${scope}`}>Interaction types</PageLink>
        {view.registration === null ? null : (
          <>
            <span aria-hidden="true">/</span>
            <span>{view.registration.area}</span>
          </>
        )}
      </nav>
      <TypeTabs interactionType={view.interactionType} scope={scope} current="summary" />
      <div className="head">
        <div className="title">
          <h1>{view.interactionType}</h1>
          {view.level === null ? null : <LevelGlyph level={view.level} ceiling={view.ceiling} />}
          <Status kind={view.status.kind} word={view.status.word} />
        </div>
        {view.decision !== null ? (
          <p className="decided">
            Decided for {formatMonth(view.month)}:{' '}
            <PageLink to={view.decision.href}>
              {decidedWords[view.decision.action]}, {view.decision.on}
            </PageLink>
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
      {view.gates.length === 0 ? null : <SavesTable href={fileHref('gates', 'csv')} what="gates" />}

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
              <PageLink to={`${typeHref(view.interactionType)}/outcomes${scope}`}>
                Resolution, defects, channels, hand-overs, repeat contact and CSAT
              </PageLink>
            </p>
          </section>
          <section aria-labelledby="watching">
            <div className="head">
              <h2 id="watching">How good the watching is</h2>
              <p>
                {formatMonth(view.month)}. <CsvLink to={fileHref('watching', 'csv')} what="facts about the watching" />
              </p>
            </div>
            <WatchingFacts facts={view.watching} />
          </section>
          <SegmentTables tables={view.segments} windowText={view.windowText} fileHref={fileHref} />
          <MissingGates missing={view.missingGates} />
          <Definitions definitions={definitions} />
        </div>
        <TypeRail view={view} />
      </div>
    </>
  )
}
