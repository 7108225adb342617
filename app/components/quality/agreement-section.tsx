import { Link } from '@remix-run/react'
import { formatCount, formatShare } from '#models/format-metric.ts'
import { rowsHref } from '../../evidence/rows-href.ts'
import type { ReviewerAgreement } from '../../quality/reviewer-agreement.ts'
import { CsvLink } from '../csv-link.tsx'
import { EmptyState } from '../state.tsx'

interface AgreementSectionProps {
  /** "July to September 2026" */
  span: string
  /** The last of the months. */
  month: string
  months: readonly string[]
  types: readonly ReviewerAgreement[]
  all: ReviewerAgreement
}

/** Of fewer no rate is shown, as everywhere: pairs, or for agreement on errors pairs with an error. */
const fewest = 30

function sameVerdict({ agreed, pairs }: ReviewerAgreement): string {
  if (agreed === null) return '–'
  return pairs < fewest ? `${Math.round(agreed * pairs)} of ${pairs}` : formatShare(agreed)
}

/** "both saw 1 of 2"; from enough errors on the share of the verdicts, which counts an error that both saw twice. */
function agreedOnErrors({ positive, bothErrors, errors }: ReviewerAgreement): string {
  if (positive === null) return 'no error seen'
  return errors < fewest
    ? `both saw ${formatCount(bothErrors)} of ${formatCount(errors)}`
    : `${formatShare(positive)} of ${formatCount(bothErrors + errors)} verdicts`
}

/** Whether two people who review the same contact agree, by type: what an error rate is worth. */
export function AgreementSection({ span, month, months, types, all }: AgreementSectionProps) {
  return (
    <section aria-labelledby="agreement">
      <div className="head">
        <h2 id="agreement">Do reviewers agree</h2>
        <p>
          Contacts reviewed by two people, {span}.{' '}
          <CsvLink to={`/quality/agreement.csv?month=${month}`} what="agreement of reviewers" />
        </p>
      </div>
      <p className="soft measure">
        AC1 is agreement beyond chance: 1 is always, 0 is what luck alone would give. Where errors are rare it looks
        good even when reviewers do not agree on them, so agreement on errors stands beside it: of all verdicts “error”,
        the share that the other reviewer gave as well. A value is shown from {fewest} pairs on, on errors from {fewest}{' '}
        pairs with an error; until then, how many of the errors that one of the two saw both saw.
      </p>
      {types.length === 0 ? (
        <EmptyState title="No contact was reviewed twice">
          <p>Have a part of the drawn contacts reviewed by a second person, who does not see the first verdict.</p>
        </EmptyState>
      ) : (
        <table className="register">
          <caption className="hidden">Agreement of two reviewers by type, {span}</caption>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col" className="num">
                Pairs
              </th>
              <th scope="col" className="num">
                Same verdict
              </th>
              <th scope="col" className="num">
                AC1, 95{'\u202f'}% interval
              </th>
              <th scope="col" className="num">
                Agreement on errors
              </th>
            </tr>
          </thead>
          <tbody>
            {[...types, ...(types.length > 1 ? [all] : [])].map((row) => (
              <tr key={row.interactionType}>
                <th scope="row">{row.interactionType}</th>
                <td data-label="Pairs" className="num">
                  <Link
                    to={rowsHref({
                      interactionType: row === all ? null : row.interactionType,
                      month,
                      months: months.length,
                      metric: 'volume',
                      cohort: 'ai_participated',
                      part: 'numerator',
                      detail: { reviewers: 'two' },
                    })}
                  >
                    {formatCount(row.pairs)}
                  </Link>
                </td>
                <td data-label="Same verdict" className="num">
                  {sameVerdict(row)}
                </td>
                <td data-label="AC1" className="num">
                  {row.ac1 === null || row.pairs < fewest ? '–' : row.ac1.toFixed(2)}
                  {row.interval === null || row.pairs < fewest ? null : (
                    <span className="quiet">
                      {' '}
                      ({row.interval.lower.toFixed(2)} to {row.interval.upper.toFixed(2)})
                    </span>
                  )}
                </td>
                <td data-label="On errors" className={row.positive === null ? 'num quiet' : 'num'}>
                  {agreedOnErrors(row)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
