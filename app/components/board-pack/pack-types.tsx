import { Link } from '@remix-run/react'
import type { NumberCell, TypeRow } from '../../evidence/type-row.ts'
import type { OverviewPage } from '../../overview.server.ts'
import { BreakingName } from '../breaking-name.tsx'
import { IntervalAxis, IntervalCell } from '../evidence/interval-cell.tsx'
import { LevelGlyph } from '../level-glyph.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

/** Every type of the month, one row each, with how many rows there are. */
export function PackTypes({ overview }: { overview: OverviewPage }) {
  const { groups, errorAxis, windowText } = overview
  const rowCount = groups.reduce((sum, group) => sum + group.rows.length, 0)
  return (
    <section aria-labelledby="pack-types" className="new-sheet">
      <h2 id="pack-types">Every type, its evidence and its decision</h2>
      <p className="soft">
        {rowCount} types. Error rate: AI-handled contacts, random reviews, {windowText} pooled, with its 95&#8239;%
        interval; the line is the limit, the grey band is where this number of reviews cannot tell. CSAT, repeat contact
        and unexpected escalation: AI contacts of the month, per cent.
      </p>
      <ScrollRegion label="Every type, table">
        <table className="pack-table">
          <caption className="hidden">Interaction types with evidence, status and decision</caption>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Level now</th>
              <th scope="col" className="num">
                Contacts
              </th>
              <th scope="col" className="plot">
                AI error rate, %<IntervalAxis axis={errorAxis} />
              </th>
              <th scope="col">95&#8239;% interval, errors</th>
              <th scope="col" className="num">
                CSAT
              </th>
              <th scope="col" className="num">
                Repeat 48&#8239;h
              </th>
              <th scope="col" className="num">
                Unexp. esc.
              </th>
              <th scope="col" className="c-status">
                Status
              </th>
              <th scope="col">Decision</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.title}>
              <tr>
                <th scope="rowgroup" colSpan={10} className="group">
                  {group.title}
                </th>
              </tr>
              {group.rows.map((row) => (
                <Row key={row.interactionType} row={row} axis={errorAxis} />
              ))}
            </tbody>
          ))}
        </table>
      </ScrollRegion>
    </section>
  )
}

function Row({ row, axis }: { row: TypeRow; axis: OverviewPage['errorAxis'] }) {
  const { error } = row
  return (
    <tr>
      <th scope="row">
        <BreakingName name={row.interactionType} />
      </th>
      <td>
        <LevelGlyph level={row.level} ceiling={row.ceiling} />
      </td>
      <Rows cell={row.contacts} />
      <td className="plot">
        {error.kind === 'rate' ? <IntervalCell cell={error} axis={axis} /> : <span className="quiet">{error.why}</span>}
      </td>
      <td>
        {error.kind === 'rate' ? (
          <>
            {error.rateText} <span className="nowrap">({error.intervalText})</span>{' '}
            <Link className="sub" to={error.href}>
              {error.countText}
            </Link>
          </>
        ) : error.kind === 'counts' ? (
          <Link to={error.href}>{error.countText}</Link>
        ) : (
          '–'
        )}
      </td>
      <Rows cell={row.csat} />
      <Rows cell={row.repeat} />
      <Rows cell={row.escalation} />
      <td className="c-status">
        <Status kind={row.status.kind} word={row.status.word} />
      </td>
      <td>{row.decision.text}</td>
    </tr>
  )
}

/** A number that leads to its rows on a screen; on paper a link is its text. */
function Rows({ cell: { text, href } }: { cell: NumberCell }) {
  return <td className="num">{text === null ? '–' : href === null ? text : <Link to={href}>{text}</Link>}</td>
}
