import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { countOf, formatDay } from '#models/format-metric.ts'
import { listRestatements } from '#models/restatements/list-restatements.ts'
import { guarded, readers } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { DataTabs } from '../components/data/data-tabs.tsx'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { RestatementTable } from '../components/data/restatement-table.tsx'
import { Page } from '../components/page.tsx'
import { Pages } from '../components/pages.tsx'
import { EmptyState } from '../components/state.tsx'
import { askedRestatements, restatementFilter } from '../data/restatement-filter.ts'
import { restatementRows } from '../data/restatement-view.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { findWarehouse } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Restatements')

const pageSize = 50

export const loader = guarded(readers, async ({ request }) => {
  const chosen = restatementFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const warehouse = await findWarehouse()
  const all = warehouse === undefined ? [] : restatementRows(await listRestatements(warehouse.db))
  const asked = askedRestatements(chosen)
  const found = all.filter(
    ({ interactionType, loadId }) =>
      (asked.interactionType === undefined || interactionType === asked.interactionType) &&
      (asked.loadId === undefined || loadId === asked.loadId),
  )
  return {
    chosen,
    rows: found.slice((chosen.page - 1) * pageSize, chosen.page * pageSize),
    total: found.length,
    all: all.length,
    hasData: warehouse !== undefined,
    months: [...new Set(all.map(({ monthText }) => monthText))].length,
    types: [...new Set(all.map(({ interactionType }) => interactionType))].sort(),
    latest: all[0]?.restatedAt ?? null,
    pageCount: Math.max(1, Math.ceil(found.length / pageSize)),
    timeZone: await reportingTimeZone(),
  }
})

export default function Restatements() {
  const view = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { chosen, rows, timeZone } = view
  const isFiltered = chosen.type !== '' || chosen.load !== ''
  const csv = new URLSearchParams(search)
  csv.delete('page')
  return (
    <Page>
      <h1>Restatements</h1>
      <p className="lead">
        <strong>
          {view.all === 0
            ? 'No number of a closed month ever changed.'
            : `${countOf(view.all, 'number')} of ${countOf(view.months, 'closed month')} changed after they had been called final.`}
        </strong>{' '}
        {view.latest === null ? '' : `The last did on ${formatDay(view.latest, timeZone)}. `}
        Rows that arrive late, deletions and new definitions of a metric can change one. The evidence that a decision
        was signed on stays as it was.
      </p>
      <DataTabs current="restatements" />
      {!view.hasData ? (
        <section aria-label="Nothing loaded">
          <NoDataYet />
        </section>
      ) : view.all === 0 ? (
        <section aria-label="Nothing restated">
          <EmptyState title="Nothing was restated">
            <p>
              When a load changes a number of a month that was already final, it is listed here: what it was, what it
              is, and the load that did it.
            </p>
          </EmptyState>
        </section>
      ) : (
        <section aria-labelledby="numbers">
          <div className="head">
            <h2 id="numbers">Numbers, before and after</h2>
            <p>
              {isFiltered ? `${countOf(view.total, 'number')} with these filters` : 'Latest first'}.{' '}
              <Link to={csv.size === 0 ? '/data/restatements.csv' : `/data/restatements.csv?${csv}`} reloadDocument>
                CSV
              </Link>
            </p>
          </div>
          <Form method="get" className="filters many" role="search" aria-label="Filter restatements">
            <label>
              <span>Type</span>
              <select className="field" name="type" defaultValue={chosen.type} key={chosen.type}>
                <option value="">All</option>
                {view.types.map((type) => (
                  <option key={type}>{type}</option>
                ))}
              </select>
            </label>
            {chosen.load === '' ? null : <input type="hidden" name="load" value={chosen.load} />}
            <Button>Filter</Button>
            {isFiltered ? <Link to="/data/restatements">Clear filters</Link> : null}
          </Form>
          {rows.length === 0 ? (
            <EmptyState title="Nothing fits" actions={<Link to="/data/restatements">Clear filters</Link>}>
              <p>No restated number has these properties.</p>
            </EmptyState>
          ) : (
            <RestatementTable rows={rows} timeZone={timeZone} />
          )}
          <Pages page={chosen.page} pageCount={view.pageCount} search={search} />
        </section>
      )}
    </Page>
  )
}
