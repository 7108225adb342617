import { metrics } from '#models/metrics.ts'
import type { SegmentRow, SegmentTable } from '../../evidence/type/segment-tables.ts'
import { levelWords } from '../level-glyph.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { NotMeasured } from '../state.tsx'
import { Status } from '../status.tsx'
import type { FileHref } from './chart-saves.tsx'
import { SavesTable } from './saves-table.tsx'

interface SegmentTablesProps {
  tables: readonly SegmentTable[]
  windowText: string
  fileHref: FileHref
}

/** A type by who was served and where: every rate with its counts, and the ceiling where the policy sets one. */
export function SegmentTables({ tables, windowText, fileHref }: SegmentTablesProps) {
  if (tables.length === 0) return null
  return (
    <section aria-labelledby="segments">
      <div className="head">
        <h2 id="segments">Segments</h2>
        <p>AI contacts, {windowText}</p>
      </div>
      {tables.map((table) => (
        <Table key={table.id} table={table} fileHref={fileHref} />
      ))}
    </section>
  )
}

function Table({ table: { id, caption, rows }, fileHref }: { table: SegmentTable; fileHref: FileHref }) {
  const hasCeiling = rows.some(({ ceiling }) => ceiling !== null)
  return (
    <>
      <ScrollRegion label={`${caption}, table`}>
        <table className="register dense">
          <caption className="hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{caption}</th>
              <th scope="col" className="num">
                Contacts
              </th>
              <th scope="col" className="num">
                Errors of random reviews
              </th>
              <th scope="col" className="num">
                Error rate
              </th>
              {hasCeiling ? <th scope="col">Ceiling</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.kind} ${row.name}`}>
                <th scope="row">
                  {row.name}
                  {row.kind === 'customers' ? null : <span className="sub">{row.kind}</span>}
                </th>
                <td className="num" data-label="Contacts">
                  {row.contacts}
                </td>
                <td className="num" data-label="Errors">
                  {row.errors}
                </td>
                <td className="num" data-label="Error rate">
                  <Rate row={row} />
                </td>
                {hasCeiling ? (
                  <td data-label="Ceiling">
                    <Ceiling row={row} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <SavesTable href={fileHref(id, 'csv')} what={`table: ${caption}`} />
    </>
  )
}

function Rate({ row: { rate, isFailing } }: { row: SegmentRow }) {
  return (
    <>
      {rate === null ? (
        <NotMeasured why={`fewer than ${metrics.ai_error_rate.minimumSample} reviews`} />
      ) : (
        <span className="nowrap">
          {rate.text} ({rate.interval})
        </span>
      )}
      {isFailing ? <Status kind="fail" word="over the limit" /> : null}
    </>
  )
}

function Ceiling({ row: { ceiling, overCeiling } }: { row: SegmentRow }) {
  if (ceiling === null) return <NotMeasured why="none" />
  return (
    <>
      {levelWords[ceiling]}
      {overCeiling === null ? null : <span className="sub">{overCeiling} sent without approval</span>}
    </>
  )
}
