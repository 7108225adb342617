import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { countOf, formatCount, formatDay, formatInstant } from '#models/format-metric.ts'
import { hasStopped, reachOfSource } from '#models/loaded-through.ts'
import { listLoads } from '#models/loads/list-loads.ts'
import { listSourceFreshness } from '#models/loads/list-source-freshness.ts'
import { listSourceReaches } from '#models/loads/list-source-reaches.ts'
import { guarded, readers } from '../access.server.ts'
import { DataTabs } from '../components/data/data-tabs.tsx'
import { FreshnessTable } from '../components/data/freshness-table.tsx'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { SourceReachTable } from '../components/data/source-reach-table.tsx'
import { Page } from '../components/page.tsx'
import { ScrollRegion } from '../components/scroll-region.tsx'
import { loadHref, quarantineHref, sumCounts } from '../data/load-view.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { findWarehouse, snapshotInfo } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Data')

export const loader = guarded(readers, async () => {
  const warehouse = await findWarehouse()
  const info = await snapshotInfo()
  if (warehouse === undefined || info === undefined) return null
  const [loads, freshness] = [await listLoads(warehouse.db), await listSourceFreshness(warehouse.db)]
  const now = new Date()
  const reaches = (await listSourceReaches(warehouse.db)).map((reach) => ({
    ...reach,
    // Finality was decided when the snapshot was made; whether a source is silent, the clock says.
    matureThrough: reachOfSource(reach, { now: info.createdAt, reportingTimeZone: info.reportingTimeZone })
      .matureThrough,
    hasStopped: hasStopped(reach, now),
  }))
  return { loads, freshness, reaches, info, timeZone: await reportingTimeZone() }
})

export default function DataPage() {
  const view = useLoaderData<typeof loader>()
  if (view === null) {
    return (
      <Page>
        <h1>Data</h1>
        <DataTabs current="runs" />
        <section aria-label="Nothing loaded">
          <NoDataYet />
        </section>
      </Page>
    )
  }
  const { loads, freshness, reaches, info, timeZone } = view
  const sums = sumCounts(loads.flatMap(({ counts }) => counts))
  const sources = new Set(freshness.map(({ source }) => source)).size
  const last = loads[0]
  return (
    <Page>
      <h1>Data</h1>
      <p className="lead">
        <strong>
          Snapshot {info.snapshotId} holds {countOf(sources, 'source')} from {countOf(loads.length, 'load')}.
        </strong>{' '}
        {last === undefined ? '' : `The last load ran on ${formatInstant(last.startedAt, timeZone)}.`}{' '}
        {info.loadedThrough === null ? '' : `Loaded through ${formatInstant(info.loadedThrough, timeZone)}`}
        {info.matureThrough === null ? '.' : `, mature through ${formatDay(info.matureThrough, timeZone)}.`}
      </p>
      <DataTabs current="runs" />
      <SourceReachTable rows={reaches} timeZone={timeZone} />
      <FreshnessTable rows={freshness} timeZone={timeZone} />
      <section aria-labelledby="loads">
        <div className="head">
          <h2 id="loads">Loads</h2>
          <p>
            Rows read = loaded + unchanged + superseded + quarantined, in every load.{' '}
            <Link to="/data/loads.csv" reloadDocument>
              CSV
            </Link>
          </p>
        </div>
        <ScrollRegion label="Loads, table">
          <table className="register">
            <caption className="hidden">Loads, newest first, in rows</caption>
            <thead>
              <tr>
                <th scope="col">Load</th>
                <th scope="col">Source</th>
                <th scope="col">By</th>
                <th scope="col" className="num">
                  Files
                </th>
                <th scope="col" className="num">
                  Read
                </th>
                <th scope="col" className="num">
                  Loaded
                </th>
                <th scope="col" className="num">
                  Unchanged
                </th>
                <th scope="col" className="num">
                  Superseded
                </th>
                <th scope="col" className="num">
                  Quarantined
                </th>
              </tr>
            </thead>
            <tbody>
              {loads.map((load) => {
                const { read, loaded, unchanged, superseded, quarantined } = sumCounts(load.counts)
                return (
                  <tr key={load.loadId}>
                    <th scope="row">
                      <Link to={loadHref(load.loadId)}>{formatInstant(load.startedAt, timeZone)}</Link>
                      <span className="sub mono">{load.loadId}</span>
                    </th>
                    <td data-label="Source">{load.source}</td>
                    <td data-label="By">{load.loadedBy}</td>
                    <td data-label="Files" className="num">
                      {formatCount(load.files.length)}
                    </td>
                    <td data-label="Read" className="num">
                      {formatCount(read)}
                    </td>
                    <td data-label="Loaded" className="num">
                      {formatCount(loaded)}
                    </td>
                    <td data-label="Unchanged" className="num">
                      {formatCount(unchanged)}
                    </td>
                    <td data-label="Superseded" className="num">
                      {formatCount(superseded)}
                    </td>
                    <td data-label="Quarantined" className="num">
                      {quarantined === 0 ? (
                        '0'
                      ) : (
                        <Link to={quarantineHref({ load: load.loadId })}>{formatCount(quarantined)}</Link>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
            <tfoot>
              <tr className="figures-sum">
                <th scope="row" colSpan={3}>
                  All loads
                </th>
                <td data-label="Files" className="num">
                  {formatCount(loads.reduce((sum, { files }) => sum + files.length, 0))}
                </td>
                <td data-label="Read" className="num">
                  {formatCount(sums.read)}
                </td>
                <td data-label="Loaded" className="num">
                  {formatCount(sums.loaded)}
                </td>
                <td data-label="Unchanged" className="num">
                  {formatCount(sums.unchanged)}
                </td>
                <td data-label="Superseded" className="num">
                  {formatCount(sums.superseded)}
                </td>
                <td data-label="Quarantined" className="num">
                  {formatCount(sums.quarantined)}
                </td>
              </tr>
            </tfoot>
          </table>
        </ScrollRegion>
      </section>
    </Page>
  )
}
