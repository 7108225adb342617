import type { Breakdown, BreakdownBar } from '../../evidence/outcomes/breakdown.ts'
import { PageLink } from '../page-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import type { FileHref } from './chart-saves.tsx'
import { SavesTable } from './saves-table.tsx'

interface BreakdownTableProps {
  table: Omit<Breakdown, 'facts'>
  fileHref: FileHref
}

/** A number taken apart: parts by line, bars where parts compare, every count with its rows. */
export function BreakdownTable({ table, fileHref }: BreakdownTableProps) {
  const { id, caption, head, rows, none } = table
  const hasBars = rows.some(({ bar }) => bar !== null)
  return (
    <div id={id} className="breakdown">
      <div className="chart-foot">
        <h3>{caption}</h3>
        <SavesTable href={fileHref(id, 'csv')} what={`table: ${caption}`} />
      </div>
      {rows.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <ScrollRegion label={`${caption}, table`}>
          <table className="register dense">
            <caption className="hidden">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{head[0]}</th>
                {hasBars ? <td className="bar-cell" /> : null}
                {head.slice(1).map((text) => (
                  <th key={text} scope="col" className="num">
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  {hasBars ? <td className="bar-cell">{row.bar === null ? null : <Bar bar={row.bar} />}</td> : null}
                  {row.cells.map((cell, index) => (
                    <td key={head[index + 1]} className="num" data-label={head[index + 1]}>
                      {cell.href === null ? cell.text : <PageLink to={cell.href}>{cell.text}</PageLink>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </div>
  )
}

const width = 160
const height = 14

/** As long as the share, with its whisker; pale behind it what the share could be if everybody had answered. */
function Bar({ bar: { value, interval, bounds } }: { bar: BreakdownBar }) {
  const x = (share: number) => Math.round(Math.min(Math.max(share, 0), 1) * width)
  return (
    <svg className="bar-mark" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      {bounds === null ? null : (
        <rect
          className="g-band"
          x={x(bounds.lower)}
          width={Math.max(x(bounds.upper) - x(bounds.lower), 1)}
          height={height}
        />
      )}
      <rect className="f-assisted" y="3" width={Math.max(x(value), 1)} height={height - 6} />
      {interval === null ? null : (
        <line
          className="g-whisker strong"
          x1={x(interval.lower)}
          x2={x(interval.upper)}
          y1={height / 2}
          y2={height / 2}
        />
      )}
    </svg>
  )
}
