import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { formatInstant } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { Page } from '../components/page.tsx'
import { metricHref, metricWords } from '../data/metric-words.ts'
import { getExplainedMetric } from '../explained-metric.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction<typeof loader> = ({ data }) => pageTitle(data?.explained.definition.label ?? 'Metric')

export const loader = guarded(readers, async ({ params }) => {
  const explained = await getExplainedMetric(params.metric ?? '')
  return { explained, words: metricWords(explained.definition), timeZone: await reportingTimeZone() }
})

export default function Metric() {
  const { explained, words, timeZone } = useLoaderData<typeof loader>()
  const { metric, definition, steps, lineage, watermark } = explained
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/data">Data</Link>
        <span aria-hidden="true">/</span>
        <Link to="/data/dictionary">Dictionary</Link>
        <span aria-hidden="true">/</span>
        <span>{metric}</span>
      </nav>
      <h1>{definition.label}</h1>
      <p className="lead">{definition.why}</p>
      <section aria-labelledby="definition">
        <div className="head">
          <h2 id="definition">Definition {definition.definitionVersion}</h2>
        </div>
        <dl className="facts record">
          <dt>Counted</dt>
          <dd>{definition.numerator}</dd>
          <dt>Of</dt>
          <dd>{words.denominator ?? 'a plain count'}</dd>
          {definition.per === undefined ? null : (
            <>
              <dt>Per</dt>
              <dd>{definition.per}</dd>
            </>
          )}
          <dt>Unit</dt>
          <dd>
            {words.unit}. {words.better}.
          </dd>
          <dt>Interval</dt>
          <dd>{words.interval}</dd>
          <dt>Final</dt>
          <dd>{words.final}</dd>
          {definition.minimumSample > 1 ? (
            <>
              <dt>Shown from</dt>
              <dd>{definition.minimumSample} in the denominator</dd>
            </>
          ) : null}
        </dl>
      </section>
      <section aria-labelledby="lineage">
        <div className="head">
          <h2 id="lineage">Where it comes from</h2>
          <p>
            What each step reads, from the facts to the month.{' '}
            <Link to={`${metricHref(metric)}/lineage.csv`} reloadDocument>
              CSV
            </Link>
          </p>
        </div>
        <table className="register">
          <caption className="hidden">Columns that each step reads</caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Reads</th>
              <th scope="col">Columns</th>
            </tr>
          </thead>
          <tbody>
            {lineage.flatMap(({ table, reads }) =>
              reads.map(({ table: from, columns }) => (
                <tr key={`${table} ${from}`}>
                  <th scope="row" className="mono">
                    {table}
                  </th>
                  <td data-label="Reads" className="mono">
                    {from}
                  </td>
                  <td data-label="Columns" className="code">
                    {columns.join(', ')}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="sql">
        <div className="head">
          <h2 id="sql">What the engine runs</h2>
          <p>
            The parts of the real queries that this metric needs, as <code>oversight models explain {metric}</code>{' '}
            prints them
          </p>
        </div>
        <p className="soft measure">
          {watermark === null
            ? 'Nothing was loaded yet, so no contact counts as mature here.'
            : `Contacts that ended less than a window before ${formatInstant(watermark, timeZone)}, until when the served snapshot reaches, are immature.`}
        </p>
        {steps.map(({ table, sql }) => (
          <details key={table} className="twin" open>
            <summary>{table}</summary>
            <pre className="command">{sql};</pre>
          </details>
        ))}
      </section>
    </Page>
  )
}
