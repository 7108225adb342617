import { Link } from '@remix-run/react'
import { formatCount, formatInstant } from '#models/format-metric.ts'
import { loadHref } from '../../data/load-view.ts'
import type { RunRow } from '../../data/run-view.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

interface RunsTableProps {
  rows: readonly RunRow[]
  /** Loads of the served snapshot, which have a page. */
  loadIds: ReadonlySet<string>
  timeZone: string
}

/** Every try to load: how it ended, and what to do where it did not publish. */
export function RunsTable({ rows, loadIds, timeZone }: RunsTableProps) {
  return (
    <ScrollRegion label="Runs, table">
      <table className="register">
        <caption className="hidden">Runs, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Source</th>
            <th scope="col">By</th>
            <th scope="col" className="num">
              Files
            </th>
            <th scope="col" className="num">
              Took
            </th>
            <th scope="col" className="num">
              Read
            </th>
            <th scope="col" className="num">
              Quarantined
            </th>
            <th scope="col">What came of it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.loadId !== null && loadIds.has(row.loadId) ? (
                  <Link to={loadHref(row.loadId)}>{formatInstant(row.startedAt, timeZone)}</Link>
                ) : (
                  formatInstant(row.startedAt, timeZone)
                )}
              </th>
              <td data-label="Source">{row.source}</td>
              <td data-label="By">{row.loadedBy}</td>
              <td data-label="Files" className="num">
                {formatCount(row.fileCount)}
              </td>
              <td data-label="Took" className="num nowrap">
                {row.took}
              </td>
              <td data-label="Read" className={row.read === null ? 'num empty' : 'num'}>
                {row.read === null ? '–' : formatCount(row.read)}
              </td>
              <td data-label="Quarantined" className={row.quarantined === null ? 'num empty' : 'num'}>
                {row.quarantined === null ? '–' : formatCount(row.quarantined)}
              </td>
              <td data-label="What came of it" className="text">
                <Status {...outcomes[row.outcome]} />
                <span className="sub">{row.what}</span>
                {row.message === null ? null : <span className="sub message">{row.message}</span>}
                {row.remedy === null ? null : <span className="soft">{row.remedy}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

const outcomes = {
  published: { kind: 'pass', word: 'Published' },
  failed: { kind: 'fail', word: 'Failed' },
  killed: { kind: 'fail', word: 'Killed' },
} as const
