import { Form, Link } from '@remix-run/react'
import type { z } from 'zod'
import { countOf, formatDay } from '#models/format-metric.ts'
import type { QuarantinedRow, QuarantineReasonCount } from '#models/loads/list-quarantine.ts'
import { loadHref, ruleWords } from '../../data/load-view.ts'
import type { quarantineFilter } from '../../data/quarantine-filter.ts'
import { Button } from '../button.tsx'
import { Pages } from '../pages.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { EmptyState } from '../state.tsx'

interface QuarantineRowsProps {
  chosen: z.infer<typeof quarantineFilter>
  /** All there are, for the choices. */
  reasons: readonly QuarantineReasonCount[]
  rows: readonly QuarantinedRow[]
  total: number
  pageCount: number
  search: URLSearchParams
  timeZone: string
}

/** Where refused rows stand and what is wrong with each, under the filter of the address. */
export function QuarantineRows({ chosen, reasons, rows, total, pageCount, search, timeZone }: QuarantineRowsProps) {
  const isFiltered = [chosen.load, chosen.entity, chosen.rule, chosen.field, chosen.file].some((value) => value !== '')
  const csv = new URLSearchParams(search)
  csv.delete('page')
  csv.delete('by')
  const all = `?by=${chosen.by}`
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
        <input type="hidden" name="by" value={chosen.by} />
        {chosen.load === '' ? null : <input type="hidden" name="load" value={chosen.load} />}
        {chosen.file === '' ? null : <input type="hidden" name="file" value={chosen.file} />}
        <Button>Filter</Button>
        {isFiltered ? <Link to={all}>Clear filters</Link> : null}
      </Form>
      {chosen.load === '' ? null : (
        <p className="quiet">
          Of <Link to={loadHref(chosen.load)}>one load</Link> only.
        </p>
      )}
      {chosen.file === '' ? null : (
        <p className="quiet">
          Of the file <span className="mono">{chosen.file}</span> only.
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState title="No row fits" actions={<Link to={all}>Clear filters</Link>}>
          <p>No refused row has these properties.</p>
        </EmptyState>
      ) : (
        <ScrollRegion label="Refused rows, table" head="region">
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
      <Pages page={chosen.page} pageCount={pageCount} search={search} />
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
