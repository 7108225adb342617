import { Link } from '@remix-run/react'
import { formatDay, formatInstant } from '#models/format-metric.ts'
import type { SourceReach } from '#models/loaded-through.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

interface SourceReachTableProps {
  rows: readonly (SourceReach & { loadedThrough: Date; matureThrough: Date; hasStopped: boolean })[]
  timeZone: string
}

/** Until where each source is complete, and which of them maturity waits for. */
export function SourceReachTable({ rows, timeZone }: SourceReachTableProps) {
  return (
    <section aria-labelledby="reach">
      <div className="head">
        <h2 id="reach">Loaded through</h2>
        <p>
          Maturity waits for live sources. Files end where they declare it, else with the month of their latest event; 7
          days later they are settled, and mature to that end.{' '}
          <Link to="/data/reach.csv" reloadDocument>
            CSV
          </Link>
        </p>
      </div>
      <ScrollRegion label="Loaded through, table">
        <table className="register">
          <caption className="hidden">How far each source reaches</caption>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Delivers</th>
              <th scope="col">Reaches</th>
              <th scope="col">Loaded through</th>
              <th scope="col">Mature through</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ source, isLive, through, isDeclared, loadedThrough, matureThrough, hasStopped }) => (
              <tr key={source}>
                <th scope="row">{source}</th>
                <td data-label="Delivers">{isLive ? 'live' : 'files'}</td>
                <td data-label="Reaches">
                  <span className="nowrap">{formatInstant(through, timeZone)}</span>,{' '}
                  {isDeclared ? 'as declared' : 'its latest event'}
                </td>
                <td data-label="Loaded through" className="nowrap">
                  {formatInstant(loadedThrough, timeZone)}
                </td>
                <td data-label="Mature through" className="nowrap">
                  {formatDay(matureThrough, timeZone)}
                </td>
                <td data-label="State">
                  {hasStopped ? (
                    <Status kind="signal" word="Stopped delivering; holds maturity back" />
                  ) : (
                    <Status kind="pass" word={isLive ? 'Delivering' : 'Complete as loaded'} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}
