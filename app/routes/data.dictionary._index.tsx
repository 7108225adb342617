import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type EntityColumn, entityColumns } from '#models/contract/columns.ts'
import { entities, entityNames } from '#models/contract/entities.ts'
import { countOf } from '#models/format-metric.ts'
import { type MetricDefinition, metricIds, metrics } from '#models/metrics.ts'
import { guarded, readers } from '../access.server.ts'
import { DataTabs } from '../components/data/data-tabs.tsx'
import { Page } from '../components/page.tsx'
import { ScrollRegion } from '../components/scroll-region.tsx'
import { unbrokenUnits } from '../components/unbroken-units.ts'
import { metricHref, metricWords } from '../data/metric-words.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Dictionary')

/** The catalogue and the contract themselves, not a copy of them. */
export const loader = guarded(readers, async () => ({
  metrics: metricIds.map((id) => {
    const definition: MetricDefinition = metrics[id]
    return { id, ...definition, words: metricWords(definition) }
  }),
  entities: entityNames.map((name) => ({
    name,
    key: ['source', entities[name].key],
    parent: entities[name].parent,
    columns: entityColumns(name),
  })),
}))

export default function Dictionary() {
  const view = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>Dictionary</h1>
      <p className="lead">
        <strong>
          {countOf(view.metrics.length, 'metric')} and {countOf(view.entities.length, 'entity', 'entities')}.
        </strong>{' '}
        Pages, exports, policy and row checks read these definitions; there is no second place where they are written.
      </p>
      <DataTabs current="dictionary" />
      <section aria-labelledby="metrics">
        <div className="head">
          <h2 id="metrics">Metrics</h2>
          <p>
            A zero denominator gives no value, never 0{'\u202f'}%.{' '}
            <Link to="/data/dictionary/metrics.csv" reloadDocument>
              CSV
            </Link>
          </p>
        </div>
        <ScrollRegion label="Metrics, table">
          <table className="register dictionary">
            <caption className="hidden">Metrics of the catalogue</caption>
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col">Counted</th>
                <th scope="col">Of</th>
                <th scope="col">Unit and direction</th>
                <th scope="col">Interval, final after</th>
                <th scope="col">Why so</th>
              </tr>
            </thead>
            <tbody>
              {view.metrics.map((metric) => (
                <tr key={metric.id} id={`metric-${metric.id}`}>
                  <th scope="row">
                    <Link to={metricHref(metric.id)}>{unbrokenUnits(metric.label)}</Link>
                    <span className="sub mono">{metric.id}</span>
                    <span className="sub">Definition {metric.definitionVersion}</span>
                  </th>
                  <td data-label="Counted">{unbrokenUnits(metric.numerator)}</td>
                  <td data-label="Of" className={metric.words.denominator === null ? 'quiet' : undefined}>
                    {metric.words.denominator === null ? 'a plain count' : unbrokenUnits(metric.words.denominator)}
                    {metric.per === undefined ? null : <span className="sub">per {metric.per}</span>}
                  </td>
                  <td data-label="Unit">
                    {metric.words.unit}
                    <span className="sub">{metric.words.better}</span>
                  </td>
                  <td data-label="Interval">
                    {metric.words.interval}
                    <span className="sub">
                      final {metric.words.final}
                      {metric.minimumSample > 1 ? `; shown from ${metric.minimumSample}` : ''}
                    </span>
                  </td>
                  <td data-label="Why so" className="text soft">
                    {unbrokenUnits(metric.why)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </section>
      {view.entities.map((entity) => (
        <section key={entity.name} aria-labelledby={`entity-${entity.name}`}>
          <div className="head">
            <h2 id={`entity-${entity.name}`}>{entity.name}</h2>
            <p>
              Key: {entity.key.join(', ')}
              {entity.parent === null ? '' : `; each belongs to one of ${entity.parent}`}.{' '}
              <Link
                to={`/data/dictionary/columns.csv?entity=${entity.name}`}
                reloadDocument
                aria-label={`CSV of the columns of ${entity.name}`}
              >
                CSV
              </Link>
            </p>
          </div>
          <table className="register dictionary columns">
            <caption className="hidden">Columns of {entity.name}</caption>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Type</th>
                <th scope="col">What it says</th>
                <th scope="col">Allowed</th>
              </tr>
            </thead>
            <tbody>
              {entity.columns.map((column) => (
                <tr key={column.name}>
                  <th scope="row" className="mono">
                    {column.name}
                  </th>
                  <td data-label="Type" className="nowrap">
                    {typeWords[column.type]}
                    {column.isRequired ? <span className="sub">required</span> : null}
                  </td>
                  <td data-label="What it says" className="text">
                    {column.description}
                  </td>
                  <td data-label="Allowed" className={allowed(column) === null ? 'empty' : 'soft'}>
                    {allowed(column)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Page>
  )
}

const typeWords: Readonly<Record<EntityColumn['type'], string>> = {
  text: 'text',
  instant: 'instant, UTC',
  real: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  text_list: 'list of texts',
}

/** Values or bounds; null where anything of the type goes. */
function allowed({ values, minimum, maximum, isMinimumExclusive }: EntityColumn): string | null {
  if (values !== null) return values.join(', ')
  if (minimum === null && maximum === null) return null
  if (maximum === null) return `at least ${minimum}`
  if (minimum === null) return `at most ${maximum}`
  return `${isMinimumExclusive ? 'over ' : ''}${minimum} to ${maximum}`
}
