import { countOf, formatMonth } from '#models/format-metric.ts'
import type { MetricDefinitionView } from '../../evidence/metric-definitions.ts'
import type { FilteredOverview } from '../../overview.server.ts'
import { CsvLink } from '../csv-link.tsx'
import { PageLink } from '../page-link.tsx'
import { PagePart } from '../page-part.tsx'
import { EmptyState } from '../state.tsx'
import { AutonomyLadder } from './autonomy-ladder.tsx'
import { ChangeList } from './change-list.tsx'
import { ChartFigure } from './chart-figure.tsx'
import { DecisionList } from './decision-list.tsx'
import { Definitions } from './definitions.tsx'
import { MetricStrip } from './metric-strip.tsx'
import { MetricTable } from './metric-table.tsx'
import { SignLines } from './sign-lines.tsx'
import { TypesTable } from './types-table.tsx'
import { UnregisteredNotice } from './unregistered-notice.tsx'
import { WeeklyStrip } from './weekly-strip.tsx'

interface OverviewContentProps {
  view: FilteredOverview
  definitions: readonly MetricDefinitionView[]
  /** Of the address. */
  search: URLSearchParams
}

/** The month in one screen, under its filters. */
export function OverviewContent({ view, definitions, search }: OverviewContentProps) {
  const isHeat = search.get('view') === 'heat'
  const hrefOf = (change: { view?: string | null }) => {
    const kept = new URLSearchParams(search)
    kept.set('month', view.month)
    if (change.view === null) kept.delete('view')
    else if (change.view !== undefined) kept.set('view', change.view)
    return `?${kept}`
  }
  return (
    <>
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
            whyNotCompared={view.isFinal ? view.comparisonRefusal : 'Provisional months are not compared.'}
          />
        </section>
      </section>

      <section aria-labelledby="types">
        <div className="head">
          <h2 id="types">Interaction types</h2>
          <p className="tools">
            <PageLink to={isHeat ? hrefOf({ view: null }) : hrefOf({ view: 'heat' })} isScrollKept>
              {isHeat ? 'As table' : 'As heat table'}
            </PageLink>
            <a href={`/overview/types.csv${hrefOf({})}`}>CSV</a>
            <PageLink to="/data/dictionary">Dictionary</PageLink>
          </p>
        </div>
        {view.contactCount === 0 ? (
          <EmptyState title={`No contacts in ${formatMonth(view.month)} for these filters`}>
            <p>{view.bar.clearSearch === null ? null : <PageLink to={view.bar.clearSearch}>Clear filters</PageLink>}</p>
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
            search={search}
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
      {view.weekly.isShown && view.weekly.value === null ? null : (
        <section aria-labelledby="weekly">
          <div className="head">
            <h2 id="weekly">Week by week</h2>
            <p>
              AI contacts
              {view.weekly.isShown && view.weekly.value !== null
                ? `, ${countOf(view.weekly.value.weeks.length, 'whole week')}`
                : ''}
              . <CsvLink to={`/overview/files/weeks.csv${hrefOf({ view: null })}`} what="weeks" />
            </p>
          </div>
          <PagePart part={view.weekly} what="The weeks">
            {(strip) => (strip === null ? null : <WeeklyStrip strip={strip} />)}
          </PagePart>
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
        <a href={`/board-pack/${view.month}`}>Board pack of {formatMonth(view.month)}</a>, for print and PDF
      </p>
    </>
  )
}
