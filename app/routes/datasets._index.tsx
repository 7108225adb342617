import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { entityNames } from '#models/contract/entities.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import { exporters, guarded, readers } from '../access.server.ts'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { SavesTable } from '../components/evidence/saves-table.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { describedDatasets } from '../described-datasets.server.ts'
import { exportFormats } from '../exports/export-format.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { runtime } from '../runtime.server.ts'
import { snapshotInfo } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'datasets', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Datasets')

export const loader = guarded(readers, async ({ request, user }) => {
  const info = await snapshotInfo()
  const { origin } = runtime().environment.publicUrl ?? new URL(request.url)
  const datasets = info === undefined ? [] : await describedDatasets()
  return {
    datasets: datasets.map((dataset) => ({
      ...dataset,
      dictionary: (entityNames as readonly string[]).includes(dataset.name) ? `entity-${dataset.name}` : 'metrics',
      command: `curl --fail -H "Authorization: Bearer $OVERSIGHT_TOKEN" \\\n  '${origin}/api/v1/datasets/${dataset.name}/rows?format=parquet' -o ${dataset.name}.parquet`,
    })),
    info: info ?? null,
    timeZone: await reportingTimeZone(),
    mayExport: exporters.some((role) => user.roles.includes(role)),
    exporters,
    formats: exportFormats,
  }
})

const formatWords = { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet', arrow: 'Arrow' } as const

export default function Datasets() {
  const { datasets, info, timeZone, mayExport, exporters, formats } = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>Datasets</h1>
      <p className="lead">
        <strong>Everything that the pages count can be taken along, whole.</strong> A file holds every row of the
        snapshot being served
        {info === null
          ? '.'
          : `, number ${info.snapshotId}, made ${formatInstant(info.createdAt, timeZone)}. Instants are UTC.`}
      </p>
      {mayExport ? null : (
        <div className="gap">
          <Notice kind="none">
            Downloads are for these roles: {exporters.join(', ')}. You can read what each dataset holds; ask an admin
            for a role, or an analyst for the file.
          </Notice>
        </div>
      )}
      {datasets.length === 0 ? (
        <section aria-label="Nothing loaded">
          <NoDataYet />
        </section>
      ) : null}
      {datasets.map((dataset) => (
        <section key={dataset.name} aria-labelledby={dataset.name}>
          <div className="head">
            <h2 id={dataset.name}>{dataset.name}</h2>
            <p>
              {countOf(dataset.rowCount, 'row')}.{' '}
              <Link to={`/data/dictionary#${dataset.dictionary}`} aria-label={`Dictionary of ${dataset.name}`}>
                Dictionary
              </Link>
            </p>
          </div>
          <p className="soft measure">{dataset.description}</p>
          {mayExport ? (
            <p className="downloads gap">
              {formats.map((format) => (
                <Link
                  key={format}
                  to={`/datasets/${dataset.name}.${format}`}
                  className="button small"
                  reloadDocument
                  aria-label={`${dataset.name} as ${formatWords[format]}`}
                >
                  {formatWords[format]}
                </Link>
              ))}
            </p>
          ) : null}
          {mayExport ? (
            <details className="twin">
              <summary>By script</summary>
              <p className="soft measure">
                With a <Link to="/account/tokens">token</Link> in the environment. Another <code>format</code>:{' '}
                {formats.join(', ')}. <code>Oversight-Row-Count</code> in the answer says how many rows come.
              </p>
              <pre className="command">{dataset.command}</pre>
            </details>
          ) : null}
          <details className="twin">
            <summary>{countOf(dataset.columns.length, 'column')}</summary>
            <SavesTable href={`/datasets/columns.csv?dataset=${dataset.name}`} what={`columns of ${dataset.name}`} />
            <table className="register dictionary columns">
              <caption className="hidden">Columns of {dataset.name}</caption>
              <thead>
                <tr>
                  <th scope="col">Column</th>
                  <th scope="col">Type</th>
                  <th scope="col">What it says</th>
                </tr>
              </thead>
              <tbody>
                {dataset.columns.map((column) => (
                  <tr key={column.name}>
                    <th scope="row" className="mono">
                      {column.name}
                    </th>
                    <td data-label="Type" className="nowrap">
                      {column.type}
                    </td>
                    <td data-label="What it says" className={column.description === null ? 'empty' : 'text'}>
                      {column.description}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </section>
      ))}
      <p className="quiet gap">
        Metrics and columns are explained in the <Link to="/data/dictionary">dictionary</Link>. On the command line:{' '}
        <code>oversight export monthly_metrics --format parquet -o monthly.parquet</code>. By script:{' '}
        <Link to="/api">API</Link>
      </p>
    </Page>
  )
}
