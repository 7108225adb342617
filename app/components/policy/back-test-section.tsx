import { Link } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import type { BackTestView } from '../../policy/back-test-view.ts'
import { actionWords } from '../../review-room.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

interface BackTestSectionProps {
  view: BackTestView
  /** The file with every month. */
  csvHref: string
}

/** What the draft would have recommended for past months, types by months; what differs stands out and says why. */
export function BackTestSection({ view, csvHref }: BackTestSectionProps) {
  return (
    <section aria-labelledby="back-test">
      <div className="head">
        <h2 id="back-test">Back-test</h2>
        <p>
          On the levels that were in force then.{' '}
          <Link to={csvHref} reloadDocument>
            CSV
          </Link>
        </p>
      </div>
      <p className="soft measure">
        <strong>{view.sentence.strong}</strong> {view.sentence.rest} Recommendations are no decisions: people made
        those, and it is not known what they would have made of these.
      </p>
      <ScrollRegion label="Back-test, table" head="window">
        <table className="back-test">
          <caption className="hidden">
            Recommendation of the draft by type and month, where it differs with what was
          </caption>
          <thead>
            <tr>
              <th scope="col">Type</th>
              {view.months.map((month) => (
                <th key={month} scope="col">
                  {formatMonth(month).slice(0, 3)} {month.slice(2, 4)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.types.map(({ interactionType, cells }) => (
              <tr key={interactionType}>
                <th scope="row">{interactionType}</th>
                {cells.map((cell, index) => (
                  <td key={view.months[index]} className={cell !== null && cell.before !== cell.after ? 'differs' : ''}>
                    {cell === null ? (
                      <span className="quiet">–</span>
                    ) : cell.before === cell.after ? (
                      <span className="quiet">{cell.after}</span>
                    ) : (
                      <>
                        <Status kind={cell.after} />
                        <span className="sub">was {cell.before}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {view.differences.length === 0 ? null : (
        <details className="twin">
          <summary>Why, for each that differs</summary>
          <table className="register">
            <caption className="hidden">Recommendations that differ, newest first, with the first reason</caption>
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col">Month</th>
                <th scope="col">In force</th>
                <th scope="col">Draft</th>
                <th scope="col">First reason of the draft</th>
              </tr>
            </thead>
            <tbody>
              {view.differences.map((row) => (
                <tr key={`${row.month} ${row.interactionType}`}>
                  <th scope="row">{row.interactionType}</th>
                  <td data-label="Month" className="nowrap">
                    {formatMonth(row.month)}
                  </td>
                  <td data-label="In force">{actionWords[row.before]}</td>
                  <td data-label="Draft">
                    <Status kind={row.after} />
                  </td>
                  <td data-label="Reason" className="soft text">
                    {row.reason ?? '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  )
}
