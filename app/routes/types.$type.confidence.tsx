import type { SerializeFrom } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { formatMonth, formatShare } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { ChartFigure } from '../components/evidence/chart-figure.tsx'
import type { FileHref } from '../components/evidence/chart-saves.tsx'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { SavesTable } from '../components/evidence/saves-table.tsx'
import { ThresholdSlider } from '../components/evidence/threshold-slider.tsx'
import { TypeTabs } from '../components/evidence/type-tabs.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { getConfidence } from '../confidence.server.ts'
import { useScope } from '../evidence/filter/use-scope.ts'
import { chartForPage } from '../evidence/type/chart-view.ts'
import { typeFileHref } from '../evidence/type/type-file-href.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { typeScope } from '../type-scope.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data === undefined ? 'Confidence' : `${data.interactionType}, confidence`)

const share = z.coerce.number().min(0).max(1).nullable().catch(null)

export const loader = guarded(readers, async ({ request, params }) => {
  const month = await requiredMonth(request)
  const { searchParams } = new URL(request.url)
  const { filter, bar } = await typeScope(searchParams)
  const page = await getConfidence(params.type ?? '', month, filter, new Date())
  const versions = page.versions.map(({ bandFacts: _, ...view }) => ({
    ...view,
    reliability: view.reliability === null ? null : chartForPage(view.reliability),
    trade: view.trade === null ? null : chartForPage(view.trade),
    charts: view.charts.map(chartForPage),
  }))
  return { ...page, versions, bar, chosen: share.parse(searchParams.get('threshold')) }
})

export default function Confidence() {
  const { interactionType, month, windowMonths, limit, bandsNote, filterNote, versions, chosen, bar } =
    useLoaderData<typeof loader>()
  const [first] = versions
  const scope = useScope(month)
  const fileHref = typeFileHref(interactionType, 'confidence', scope)
  return (
    <Page chips={<FilterBar view={bar} />}>
      <TypeTabs interactionType={interactionType} scope={scope} current="confidence" />
      <h1>{interactionType}: does 90&#8239;% mean 90&#8239;%?</h1>
      {filterNote === null ? null : <p className="filter-note">{filterNote}</p>}
      {first === undefined ? (
        <EmptyState title="No AI contact">
          <p>
            The AI took part in no contact of this type in the {windowMonths} months up to {formatMonth(month)}.
          </p>
        </EmptyState>
      ) : (
        <>
          <p className="lead">
            <strong>{first.lead.strong}</strong> {first.lead.rest}
          </p>
          <p className="soft">
            {windowMonths} months up to {formatMonth(month)}, by AI version: a new version starts again.{' '}
            {limit === null
              ? 'The tier of this type has no error limit.'
              : `Error limit of the tier: ${formatShare(limit)}.`}
          </p>
          {versions.map((view) => (
            <Version
              key={view.aiVersion}
              view={view}
              bandsNote={bandsNote}
              chosen={chosen}
              month={month}
              fileHref={fileHref}
            />
          ))}
        </>
      )}
    </Page>
  )
}

interface VersionProps {
  view: SerializeFrom<typeof loader>['versions'][number]
  bandsNote: string
  chosen: number | null
  month: string
  fileHref: FileHref
}

function Version({ view, bandsNote, chosen, month, fileHref }: VersionProps) {
  const id = `version-${view.id}`
  return (
    <section aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>AI version {view.aiVersion}</h2>
        <p>{view.coverage}</p>
      </div>
      <div className="two">
        <div>
          <table className="register dense">
            <caption className="hidden">Bands of stated confidence, AI version {view.aiVersion}</caption>
            <thead>
              <tr>
                <th scope="col">Band</th>
                <th scope="col" className="num">
                  Contacts
                </th>
                <th scope="col" className="num">
                  Share
                </th>
                <th scope="col" className="num">
                  Errors of reviews
                </th>
                <th scope="col" className="num">
                  Error rate (95&#8239;%)
                </th>
              </tr>
            </thead>
            <tbody>
              {view.bands.map((band) => (
                <tr key={band.band}>
                  <th scope="row">{band.label}</th>
                  <td className="num" data-label="Contacts">
                    {band.contacts}
                  </td>
                  <td className="num" data-label="Share">
                    {band.share}
                  </td>
                  <td className="num" data-label="Errors of reviews">
                    {band.reviewed}
                  </td>
                  <td className="num" data-label="Error rate (95 %)">
                    {band.errorRate}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="soft measure">{bandsNote}</p>
          <p className="measure page-gap">{view.calibrationText}</p>
          <SavesTable href={fileHref(`bands-${view.id}`, 'csv')} what={`bands of AI version ${view.aiVersion}`} />
        </div>
        {view.reliability === null ? null : <ChartFigure chart={view.reliability} fileHref={fileHref} />}
      </div>
      <h3 className="page-gap">Where the AI could act alone</h3>
      <p className="measure">{view.guaranteedText}</p>
      {view.trade === null ? null : (
        <ThresholdSlider
          steps={view.steps}
          guaranteed={view.guaranteed}
          chosen={chosen}
          month={month}
          trade={view.trade}
          fileHref={fileHref}
        />
      )}
      <div className="figures page-gap">
        {view.charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} fileHref={fileHref} />
        ))}
      </div>
    </section>
  )
}
