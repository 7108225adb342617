import { Link } from '@remix-run/react'
import { formatCount, formatInstant } from '#models/format-metric.ts'
import type { Load } from '#models/loads/list-loads.ts'
import { loadHref, quarantineHref, sumCounts } from '../../data/load-view.ts'
import { ScrollRegion } from '../scroll-region.tsx'

/** Every load that the served snapshot was built from, and what became of its rows. */
export function LoadsSection({ loads, timeZone }: { loads: readonly Load[]; timeZone: string }) {
  const sums = sumCounts(loads.flatMap(({ counts }) => counts))
  return (
    <section aria-labelledby="loads">
      <div className="head">
        <h2 id="loads">Loads</h2>
        <p>
          Rows read = loaded + unchanged + superseded + quarantined, in every load.{' '}
          <Link to="/data/loads.csv" reloadDocument>
            CSV
          </Link>
        </p>
      </div>
      <ScrollRegion label="Loads, table">
        <table className="register">
          <caption className="hidden">Loads, newest first, in rows</caption>
          <thead>
            <tr>
              <th scope="col">Load</th>
              <th scope="col">Source</th>
              <th scope="col">By</th>
              <th scope="col" className="num">
                Files
              </th>
              <th scope="col" className="num">
                Read
              </th>
              <th scope="col" className="num">
                Loaded
              </th>
              <th scope="col" className="num">
                Unchanged
              </th>
              <th scope="col" className="num">
                Superseded
              </th>
              <th scope="col" className="num">
                Quarantined
              </th>
            </tr>
          </thead>
          <tbody>
            {loads.map((load) => {
              const { read, loaded, unchanged, superseded, quarantined } = sumCounts(load.counts)
              return (
                <tr key={load.loadId}>
                  <th scope="row">
                    <Link to={loadHref(load.loadId)}>{formatInstant(load.startedAt, timeZone)}</Link>
                    <span className="sub mono">{load.loadId}</span>
                  </th>
                  <td data-label="Source">{load.source}</td>
                  <td data-label="By">{load.loadedBy}</td>
                  <td data-label="Files" className="num">
                    {formatCount(load.files.length)}
                  </td>
                  <td data-label="Read" className="num">
                    {formatCount(read)}
                  </td>
                  <td data-label="Loaded" className="num">
                    {formatCount(loaded)}
                  </td>
                  <td data-label="Unchanged" className="num">
                    {formatCount(unchanged)}
                  </td>
                  <td data-label="Superseded" className="num">
                    {formatCount(superseded)}
                  </td>
                  <td data-label="Quarantined" className="num">
                    {quarantined === 0 ? (
                      '0'
                    ) : (
                      <Link to={quarantineHref({ load: load.loadId })}>{formatCount(quarantined)}</Link>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr className="figures-sum">
              <th scope="row" colSpan={3}>
                All loads
              </th>
              <td data-label="Files" className="num">
                {formatCount(loads.reduce((sum, { files }) => sum + files.length, 0))}
              </td>
              <td data-label="Read" className="num">
                {formatCount(sums.read)}
              </td>
              <td data-label="Loaded" className="num">
                {formatCount(sums.loaded)}
              </td>
              <td data-label="Unchanged" className="num">
                {formatCount(sums.unchanged)}
              </td>
              <td data-label="Superseded" className="num">
                {formatCount(sums.superseded)}
              </td>
              <td data-label="Quarantined" className="num">
                {formatCount(sums.quarantined)}
              </td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </section>
  )
}
