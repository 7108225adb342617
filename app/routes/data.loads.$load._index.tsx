import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { countOf, formatCount, formatInstant } from '#models/format-metric.ts'
import { listLoads } from '#models/loads/list-loads.ts'
import { listQuarantineReasons } from '#models/loads/list-quarantine.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { QuarantineReasons } from '../components/data/quarantine-reasons.tsx'
import { Page } from '../components/page.tsx'
import { formatBytes, loadHref, loadSentence } from '../data/load-view.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { findWarehouse } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Load')

export const loader = guarded(readers, async ({ params }) => {
  const loadId = params.load ?? ''
  const warehouse = await findWarehouse()
  const [load] = warehouse === undefined ? [] : await listLoads(warehouse.db, { loadId })
  if (warehouse === undefined || load === undefined) {
    throw new OversightError('not_found', 'There is no such load in the current snapshot.')
  }
  return {
    load,
    reasons: await listQuarantineReasons(warehouse.db, { loadId }),
    timeZone: await reportingTimeZone(),
  }
})

export default function LoadPage() {
  const { load, reasons, timeZone } = useLoaderData<typeof loader>()
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/data">Data</Link>
        <span aria-hidden="true">/</span>
        <span>{load.source}</span>
      </nav>
      <h1>Load of {formatInstant(load.startedAt, timeZone)}</h1>
      <p className="lead">
        <strong>{loadSentence(load)}</strong> {countOf(load.files.length, 'file')} from {load.source}, by{' '}
        {load.loadedBy}
        {load.finishedAt === null ? '' : `, finished ${formatInstant(load.finishedAt, timeZone)}`}.
      </p>
      <section aria-labelledby="entities">
        <div className="head">
          <h2 id="entities">What became of the rows</h2>
          <p>
            Superseded: an older version of a row, or an earlier duplicate in the same load.{' '}
            <Link to={`${loadHref(load.loadId)}/entities.csv`} reloadDocument aria-label="CSV of the rows by entity">
              CSV
            </Link>
          </p>
        </div>
        <table className="register">
          <caption className="hidden">Rows by entity</caption>
          <thead>
            <tr>
              <th scope="col">Entity</th>
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
            {load.counts.map((count) => (
              <tr key={count.entity}>
                <th scope="row">{count.entity}</th>
                <td data-label="Read" className="num">
                  {formatCount(count.read)}
                </td>
                <td data-label="Loaded" className="num">
                  {formatCount(count.loaded)}
                </td>
                <td data-label="Unchanged" className="num">
                  {formatCount(count.unchanged)}
                </td>
                <td data-label="Superseded" className="num">
                  {formatCount(count.superseded)}
                </td>
                <td data-label="Quarantined" className="num">
                  {formatCount(count.quarantined)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="refused">
        <div className="head">
          <h2 id="refused">Refused rows</h2>
          <p>
            <Link to={`${loadHref(load.loadId)}/reasons.csv`} reloadDocument aria-label="CSV of the reasons">
              CSV
            </Link>
          </p>
        </div>
        <QuarantineReasons reasons={reasons} filter={{ load: load.loadId }} />
      </section>
      <section aria-labelledby="files">
        <div className="head">
          <h2 id="files">Files</h2>
          <p>
            <Link to={`${loadHref(load.loadId)}/files.csv`} reloadDocument aria-label="CSV of the files">
              CSV
            </Link>
          </p>
        </div>
        <table className="register">
          <caption className="hidden">Files of the load</caption>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" className="num">
                Size
              </th>
              <th scope="col">sha256</th>
            </tr>
          </thead>
          <tbody>
            {load.files.map((file) => (
              <tr key={file.sourceFile}>
                <th scope="row" className="code">
                  {file.sourceFile}
                </th>
                <td data-label="Size" className="num">
                  {formatBytes(file.byteCount)}
                </td>
                <td className="hash">{file.sha256}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  )
}
