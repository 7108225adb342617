import { Link } from '@remix-run/react'
import { formatDay } from '#models/format-metric.ts'
import { loadHref } from '../../data/load-view.ts'
import type { RestatementRow } from '../../data/restatement-view.ts'
import { BreakingName } from '../breaking-name.tsx'
import { ScrollRegion } from '../scroll-region.tsx'

/** One restated number per row: what it was, what it is, and the load that did it. */
export function RestatementTable({ rows, timeZone }: { rows: readonly RestatementRow[]; timeZone: string }) {
  return (
    <ScrollRegion label="Restatements, table">
      <table className="register dense">
        <caption className="hidden">Numbers of closed months that changed, latest first</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Month</th>
            <th scope="col">Number</th>
            <th scope="col" className="num">
              Before
            </th>
            <th scope="col" className="num">
              After
            </th>
            <th scope="col" className="num">
              Difference
            </th>
            <th scope="col">Restated</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <Link to={row.typeHref}>
                  <BreakingName name={row.interactionType} />
                </Link>
              </th>
              <td data-label="Month" className="nowrap">
                {row.monthText}
              </td>
              <td data-label="Number">{row.what}</td>
              <td data-label="Before" className="num">
                {row.before}
                <span className="sub">{row.beforeCounts}</span>
              </td>
              <td data-label="After" className="num">
                <Link to={row.rowsHref}>{row.after}</Link>
                <span className="sub">{row.afterCounts}</span>
              </td>
              <td data-label="Difference" className="num">
                {row.difference ?? '–'}
              </td>
              <td data-label="Restated" className="nowrap">
                {row.loadId === null ? (
                  formatDay(row.restatedAt, timeZone)
                ) : (
                  <Link to={loadHref(row.loadId)}>{formatDay(row.restatedAt, timeZone)}</Link>
                )}
                <span className="sub">{row.loadId === null ? 'definitions, levels or an erasure' : 'late rows'}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
