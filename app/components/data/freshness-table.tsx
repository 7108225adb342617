import { Link } from '@remix-run/react'
import { countOf, formatCount, formatInstant } from '#models/format-metric.ts'
import type { SourceFreshness } from '#models/loads/list-source-freshness.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

const dayMilliseconds = 86_400_000
/** A source that ends so many days before the others has stopped, or was not loaded. */
const lagDays = 7

interface FreshnessTableProps {
  rows: readonly SourceFreshness[]
  timeZone: string
}

/** How far each source reaches in each entity, and which lag behind. */
export function FreshnessTable({ rows, timeZone }: FreshnessTableProps) {
  const newest = Math.max(...rows.map(({ lastEvent }) => lastEvent?.getTime() ?? 0))
  return (
    <section aria-labelledby="freshness">
      <div className="head">
        <h2 id="freshness">Freshness</h2>
        <p>
          Last event of each source, in {timeZone}; behind is who ends over {lagDays} days before the newest.{' '}
          <Link to="/data/freshness.csv" reloadDocument>
            CSV
          </Link>
        </p>
      </div>
      <ScrollRegion label="Freshness, table">
        <table className="register">
          <caption className="hidden">Rows and last event by source and entity</caption>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Entity</th>
              <th scope="col" className="num">
                Rows
              </th>
              <th scope="col">First event</th>
              <th scope="col">Last event</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ source, entity, rowCount, firstEvent, lastEvent }) => {
              const behind = lastEvent === null ? 0 : Math.floor((newest - lastEvent.getTime()) / dayMilliseconds)
              return (
                <tr key={`${source} ${entity}`}>
                  <th scope="row">{source}</th>
                  <td data-label="Entity">{entity}</td>
                  <td data-label="Rows" className="num">
                    {formatCount(rowCount)}
                  </td>
                  <td data-label="First event" className="nowrap">
                    {firstEvent === null ? '–' : formatInstant(firstEvent, timeZone)}
                  </td>
                  <td data-label="Last event" className="nowrap">
                    {lastEvent === null ? '–' : formatInstant(lastEvent, timeZone)}
                  </td>
                  <td data-label="State">
                    {entity === 'change_events' ? (
                      <span className="quiet">as they happen</span>
                    ) : behind > lagDays ? (
                      <Status kind="signal" word={`${countOf(behind, 'day')} behind`} />
                    ) : (
                      <Status kind="pass" word="With the others" />
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}
