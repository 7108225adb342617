import type { MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { countOf, formatDay, formatInstant } from '#models/format-metric.ts'
import { guarded, loaders, readers } from '../access.server.ts'
import { DataTabs } from '../components/data/data-tabs.tsx'
import { FreshnessTable } from '../components/data/freshness-table.tsx'
import { GoingLoad } from '../components/data/going-load.tsx'
import { LoadsSection } from '../components/data/loads-section.tsx'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { RunsSection } from '../components/data/runs-section.tsx'
import { SourceReachTable } from '../components/data/source-reach-table.tsx'
import { Page } from '../components/page.tsx'
import { getRuns, getServedData } from '../data-page.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Data')

export const loader = guarded(readers, async ({ request, user }) => {
  const now = new Date()
  const maySeeMessages = loaders.some((role) => user.roles.includes(role))
  return {
    served: await getServedData(now),
    runs: getRuns(new URL(request.url).searchParams, { now, maySeeMessages }),
    maySeeMessages,
    timeZone: await reportingTimeZone(),
  }
})

export default function DataPage() {
  const { served, runs, maySeeMessages, timeZone } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  return (
    <Page>
      <h1>Data</h1>
      {served === null ? null : <Lead served={served} timeZone={timeZone} />}
      <DataTabs current="runs" />
      <p className="hidden" role="status">
        {runs.going === null ? endOf(runs.last) : `A load of ${runs.going.source} is going.`}
      </p>
      {runs.going === null ? null : <GoingLoad load={runs.going} timeZone={timeZone} />}
      {served === null ? (
        <section aria-label="Nothing loaded">
          <NoDataYet />
        </section>
      ) : null}
      {runs.last === null ? null : (
        <RunsSection
          {...runs}
          loadIds={served?.loads.map(({ loadId }) => loadId) ?? []}
          maySeeMessages={maySeeMessages}
          timeZone={timeZone}
          search={search}
        />
      )}
      {served === null ? null : (
        <>
          <SourceReachTable rows={served.reaches} timeZone={timeZone} />
          <FreshnessTable rows={served.freshness} timeZone={timeZone} />
          <LoadsSection loads={served.loads} timeZone={timeZone} />
        </>
      )}
    </Page>
  )
}

type View = ReturnType<typeof useLoaderData<typeof loader>>

/** Read out when a load that was followed has ended. */
function endOf(last: View['runs']['last']): string {
  return last === null ? '' : `The last load, of ${last.source}, ${last.outcome}: ${last.what}.`
}

function Lead({ served, timeZone }: { served: NonNullable<View['served']>; timeZone: string }) {
  const { info, loads, freshness } = served
  const sources = new Set(freshness.map(({ source }) => source)).size
  const last = loads[0]
  return (
    <p className="lead">
      <strong>
        Snapshot {info.snapshotId} holds {countOf(sources, 'source')} from {countOf(loads.length, 'load')}.
      </strong>{' '}
      {last === undefined ? '' : `The last load ran on ${formatInstant(last.startedAt, timeZone)}.`}{' '}
      {info.loadedThrough === null ? '' : `Loaded through ${formatInstant(info.loadedThrough, timeZone)}`}
      {info.matureThrough === null ? '.' : `, mature through ${formatDay(info.matureThrough, timeZone)}.`}
    </p>
  )
}
