import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { countOf, formatDay } from '#models/format-metric.ts'
import { listQuarantine, listQuarantineReasons } from '#models/loads/list-quarantine.ts'
import { guarded, readers } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { DataTabs } from '../components/data/data-tabs.tsx'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { QuarantineReasons } from '../components/data/quarantine-reasons.tsx'
import { Page } from '../components/page.tsx'
import { Pages } from '../components/pages.tsx'
import { ScrollRegion } from '../components/scroll-region.tsx'
import { EmptyState } from '../components/state.tsx'
import { loadHref, ruleWords } from '../data/load-view.ts'
import { askedRows, quarantineFilter } from '../data/quarantine-filter.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { findWarehouse } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Quarantine')

const pageSize = 50

export const loader = guarded(readers, async ({ request }) => {
  const chosen = quarantineFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const warehouse = await findWarehouse()
  if (warehouse === undefined) return null
  const reasons = await listQuarantineReasons(warehouse.db)
  const { rows, total } = await listQuarantine(warehouse.db, { ...askedRows(chosen), page: chosen.page, pageSize })
  return {
    reasons,
    rows,
    total,
    chosen,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    timeZone: await reportingTimeZone(),
  }
})

export default function Quarantine() {
  const view = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const all = view?.reasons.reduce((sum, { rowCount }) => sum + rowCount, 0) ?? 0
  return (
    <Page>
      <h1>Quarantine</h1>
      <p className="lead">
        <strong>{all === 0 ? 'No row is in quarantine.' : `${countOf(all, 'row')} in quarantine.`}</strong> A row that
        breaks the contract is put aside with its reason, its file and its place; nothing is dropped. The values
        themselves stay in a file that only the operator can read.
      </p>
      <DataTabs current="quarantine" />
      {view === null ? (
        <section aria-label="Nothing loaded">
          <NoDataYet />
        </section>
      ) : (
        <>
          <section aria-labelledby="reasons">
            <div className="head">
              <h2 id="reasons">Reasons</h2>
              <p>{view.reasons.length === 0 ? null : 'The most frequent first, over all loads'}</p>
            </div>
            <QuarantineReasons reasons={view.reasons} filter={{}} />
          </section>
          {all === 0 ? null : <Rows view={view} search={search} />}
        </>
      )}
    </Page>
  )
}

type View = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>>

function Rows({ view, search }: { view: View; search: URLSearchParams }) {
  const { chosen, rows, total, timeZone, reasons } = view
  const isFiltered = [chosen.load, chosen.entity, chosen.rule, chosen.field].some((value) => value !== '')
  const csv = new URLSearchParams(search)
  csv.delete('page')
  return (
    <section aria-labelledby="rows">
      <div className="head">
        <h2 id="rows">Rows</h2>
        <p>
          {isFiltered ? `${countOf(total, 'row')} with these filters` : 'Newest load first'}.{' '}
          <Link to={csv.size === 0 ? '/data/quarantine.csv' : `/data/quarantine.csv?${csv}`} reloadDocument>
            CSV
          </Link>
        </p>
      </div>
      <Form method="get" className="filters many" role="search" aria-label="Filter rows">
        <Choice name="entity" label="Entity" chosen={chosen.entity} values={reasons.map(({ entity }) => entity)} />
        <Choice
          name="rule"
          label="Reason"
          chosen={chosen.rule}
          values={reasons.map(({ rule }) => rule)}
          words={ruleWords}
        />
        <Choice name="field" label="Field" chosen={chosen.field} values={reasons.flatMap(({ field }) => field ?? [])} />
        {chosen.load === '' ? null : <input type="hidden" name="load" value={chosen.load} />}
        <Button>Filter</Button>
        {isFiltered ? <Link to="/data/quarantine">Clear filters</Link> : null}
      </Form>
      {chosen.load === '' ? null : (
        <p className="quiet">
          Of <Link to={loadHref(chosen.load)}>one load</Link> only.
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title="No row fits" actions={<Link to="/data/quarantine">Clear filters</Link>}>
          <p>No refused row has these properties.</p>
        </EmptyState>
      ) : (
        <ScrollRegion label="Refused rows, table">
          <table className="register">
            <caption className="hidden">Refused rows</caption>
            <thead>
              <tr>
                <th scope="col">File and row</th>
                <th scope="col">Entity</th>
                <th scope="col">Reason</th>
                <th scope="col">Field</th>
                <th scope="col">What is wrong</th>
                <th scope="col">Load</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.loadId} ${row.entity} ${row.sourceFile} ${row.sourceRow} ${row.rule}`}>
                  <th scope="row" className="code">
                    {row.sourceFile}
                    <span className="sub">
                      row {row.sourceRow}
                      {row.sourceLine === null ? null : `, line ${row.sourceLine}`}
                    </span>
                  </th>
                  <td data-label="Entity">{row.entity}</td>
                  <td data-label="Reason">{ruleWords[row.rule] ?? row.rule}</td>
                  <td data-label="Field" className="mono">
                    {row.field ?? 'the row'}
                  </td>
                  <td data-label="What is wrong" className="text soft">
                    {row.message}
                  </td>
                  <td data-label="Load" className="nowrap">
                    <Link to={loadHref(row.loadId)}>{formatDay(row.loadedAt, timeZone)}</Link>
                    <span className="sub">{row.source}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <Pages page={chosen.page} pageCount={view.pageCount} search={search} />
    </section>
  )
}

interface ChoiceProps {
  name: string
  label: string
  chosen: string
  values: readonly string[]
  words?: Readonly<Record<string, string>>
}

function Choice({ name, label, chosen, values, words = {} }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select className="field" name={name} defaultValue={chosen} key={chosen}>
        <option value="">All</option>
        {[...new Set(values)].sort().map((value) => (
          <option key={value} value={value}>
            {words[value] ?? value}
          </option>
        ))}
      </select>
    </label>
  )
}
