import { countOf, formatCount, formatShare } from '#models/format-metric.ts'
import type { ReviewerLeniency } from '#models/statistics/reviewer-leniency.ts'
import { CsvLink } from '../csv-link.tsx'
import { State } from '../state.tsx'
import { Status } from '../status.tsx'

interface CalibrationSectionProps {
  span: string
  month: string
  /** null: this person may not see single reviewers. */
  reviewers: readonly ReviewerLeniency[] | null
}

/** Which reviewers find fewer or more errors than the others, to train and re-align; never a rating of people. */
export function CalibrationSection({ span, month, reviewers }: CalibrationSectionProps) {
  const apart = reviewers?.filter(({ isFlagged }) => isFlagged) ?? []
  return (
    <section aria-labelledby="calibration">
      <div className="head">
        <h2 id="calibration">Calibration of reviewers</h2>
        <p>
          Random reviews, {span}.{' '}
          {reviewers === null ? null : (
            <CsvLink to={`/quality/calibration.csv?month=${month}`} what="calibration of reviewers" />
          )}
        </p>
      </div>
      {reviewers === null ? (
        <State icon="none" title="Only approvers see single reviewers">
          <p>
            These numbers serve to agree on what an error is, never to rate people, so few see them. Ask an approver
            what has to be re-aligned.
          </p>
        </State>
      ) : (
        <>
          <p className="soft measure">
            <strong>
              {apart.length === 0
                ? `None of ${countOf(reviewers.length, 'reviewer')} is shown to judge differently from the others.`
                : `${countOf(apart.length, 'reviewer judges', 'reviewers judge')} differently from the others: calibrate together.`}
            </strong>{' '}
            Fisher’s exact test of each against all others, corrected for asking about all at once (Benjamini-Hochberg,
            5{'\u202f'}%). It holds where contacts are assigned at random. Never use it to rate a person.
          </p>
          <table className="register">
            <caption className="hidden">Errors found by each reviewer, beside those of all others</caption>
            <thead>
              <tr>
                <th scope="col">Reviewer</th>
                <th scope="col" className="num">
                  Reviews
                </th>
                <th scope="col" className="num">
                  Errors found
                </th>
                <th scope="col" className="num">
                  Others
                </th>
                <th scope="col" className="num">
                  Adjusted p
                </th>
                <th scope="col">Against the others</th>
              </tr>
            </thead>
            <tbody>
              {reviewers.map((row) => (
                <tr key={row.reviewer}>
                  <th scope="row">{row.reviewer}</th>
                  <td data-label="Reviews" className="num">
                    {formatCount(row.reviews)}
                  </td>
                  <td data-label="Errors found" className="num">
                    {formatCount(row.defects)} <span className="quiet">({formatShare(row.defects / row.reviews)})</span>
                  </td>
                  <td data-label="Others" className="num">
                    {row.othersShare === null ? '–' : formatShare(row.othersShare)}
                  </td>
                  <td data-label="Adjusted p" className="num">
                    {row.adjustedP < 0.001 ? 'under 0.001' : row.adjustedP.toFixed(3)}
                  </td>
                  <td data-label="Against the others">
                    {row.isFlagged ? (
                      <Status
                        kind="inconclusive"
                        word={row.direction === 'lenient' ? 'Shown to be more lenient' : 'Shown to be stricter'}
                      />
                    ) : (
                      <span className="quiet">not shown to differ</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}
