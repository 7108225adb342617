import { Link, type MetaFunction, useLoaderData, useSearchParams } from '@remix-run/react'
import { countOf, formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { CsvLink } from '../components/csv-link.tsx'
import { ChartFigure } from '../components/evidence/chart-figure.tsx'
import type { FileHref } from '../components/evidence/chart-saves.tsx'
import { ControlChartKey } from '../components/evidence/control-chart-key.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { TypeTabs } from '../components/evidence/type-tabs.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { getControlCharts } from '../control-charts.server.ts'
import { filterWords } from '../evidence/filter/evidence-filter.ts'
import { useScope } from '../evidence/filter/use-scope.ts'
import { chartForPage } from '../evidence/type/chart-view.ts'
import type { ControlChartView } from '../evidence/type/control-chart-views.ts'
import { typeFileHref } from '../evidence/type/type-file-href.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { typeScope } from '../type-scope.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data === undefined ? 'Control charts' : `${data.interactionType}, control charts`)

export const loader = guarded(readers, async ({ request, params }) => {
  const month = await requiredMonth(request)
  const { filter, bar } = await typeScope(new URL(request.url).searchParams)
  const page = await getControlCharts(params.type ?? '', month, filter, { onlyFound: !showsAll(new URL(request.url)) })
  return {
    ...page,
    bar,
    only: filterWords(filter),
    charts: page.charts.map(({ findings, isOpenForTheWorse, hasFinding, hasLimits, ...chart }) => ({
      ...chartForPage(chart),
      findings,
      isOpenForTheWorse,
      hasFinding,
      hasLimits,
    })),
  }
})

/** Whether charts without anything beyond chance are asked for too. */
function showsAll(url: URL): boolean {
  return url.searchParams.get('show') === 'all'
}

/** A chart that ran away has many; the latest say most. */
const shownFindings = 2

export default function ControlCharts() {
  const { interactionType, month, charts, leftOutCount, definitions, bar, only } = useLoaderData<typeof loader>()
  const scope = useScope(month)
  const fileHref = typeFileHref(interactionType, 'charts', scope)
  const worse = charts.filter((chart) => chart.isOpenForTheWorse)
  const found = charts.filter((chart) => chart.hasFinding && !chart.isOpenForTheWorse)
  const calm = charts.filter((chart) => !chart.hasFinding && chart.hasLimits)
  const untested = charts.filter((chart) => !chart.hasFinding && !chart.hasLimits)
  const restCount = calm.length + untested.length
  const measureCount = charts.length + leftOutCount
  return (
    <Page chips={<FilterBar view={bar} />}>
      <TypeTabs interactionType={interactionType} scope={scope} current="charts" />
      <h1>{interactionType}: what changed beyond chance</h1>
      <p className="lead">
        <strong>
          {worse.length === 0
            ? 'No measure shows an open signal for the worse.'
            : `${countOf(worse.length, 'measure')} of ${measureCount} ${worse.length === 1 ? 'shows' : 'show'} an open signal for the worse.`}
        </strong>{' '}
        Final months up to {formatMonth(month)}. A month within its limits and in no run or trend is noise: do not
        explain it. {measureCount === restCount ? null : <CsvLink to={fileHref('findings', 'csv')} what="findings" />}
      </p>
      {only === '' ? null : (
        <p className="filter-note">
          The charts are of {only} only, and so are their limits; flags and levels are of the whole type.
        </p>
      )}
      {charts.length === 0 ? (
        <EmptyState title="No final month yet">
          <p>Charts begin with the first month that no longer changes; limits need six.</p>
        </EmptyState>
      ) : (
        <ControlChartKey />
      )}
      <Group title="Open signals for the worse" charts={worse} fileHref={fileHref} />
      <Group title="Other signals" charts={found} fileHref={fileHref} />
      <Group title="Nothing beyond chance" charts={calm} fileHref={fileHref} />
      <Group title="Without limits, so not tested" charts={untested} fileHref={fileHref} />
      {worse.length + found.length === 0 ? null : <Rest leftOutCount={leftOutCount} shownCount={restCount} />}
      <Definitions definitions={definitions} />
    </Page>
  )
}

/** The way to the charts that say nothing, and back. */
function Rest({ leftOutCount, shownCount }: { leftOutCount: number; shownCount: number }) {
  const [search] = useSearchParams()
  const to = new URLSearchParams(search)
  if (leftOutCount > 0) to.set('show', 'all')
  else to.delete('show')
  const count = countOf(leftOutCount + shownCount, 'measure')
  return (
    <p className="gap">
      <Link to={`?${to}`} preventScrollReset>
        {leftOutCount > 0
          ? `Also draw the ${count} that show nothing beyond chance or have no limits`
          : 'Draw only what is beyond chance'}
      </Link>
    </p>
  )
}

interface GroupProps {
  title: string
  charts: readonly Omit<ControlChartView, 'fileName' | 'facts'>[]
  fileHref: FileHref
}

function Group({ title, charts, fileHref }: GroupProps) {
  if (charts.length === 0) return null
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
        <p>{countOf(charts.length, 'measure')}</p>
      </div>
      <div className="figures three">
        {charts.map((chart) => (
          <div key={chart.id}>
            <ChartFigure chart={chart} fileHref={fileHref} />
            <Findings findings={chart.findings.slice(0, shownFindings)} />
            {chart.findings.length <= shownFindings ? null : (
              <details className="more">
                <summary>{chart.findings.length - shownFindings} earlier</summary>
                <Findings findings={chart.findings.slice(shownFindings)} />
              </details>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}

function Findings({ findings }: { findings: ControlChartView['findings'] }) {
  if (findings.length === 0) return null
  return (
    <ul className="plain-list findings">
      {findings.map(({ text, isFavourable }) => (
        <li key={text}>
          <Status
            kind={isFavourable === false ? 'signal' : isFavourable ? 'pass' : 'none'}
            word={isFavourable === false ? 'Worse' : isFavourable ? 'Better' : 'Changed'}
          />{' '}
          {text}
        </li>
      ))}
    </ul>
  )
}
