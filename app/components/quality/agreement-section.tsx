import { Link } from '@remix-run/react'
import { formatShare } from '#models/format-metric.ts'
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

/** Under so many pairs no rate is shown, as everywhere. */
const fewestPairs = 30

function sameVerdict({ agreed, pairs }: ReviewerAgreement): string {
  if (agreed === null) return '–'
  return pairs < fewestPairs ? `${Math.round(agreed * pairs)} of ${pairs}` : formatShare(agreed)
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
        good even when reviewers do not agree on them, so agreement on errors stands beside it. A value is shown from 30
        pairs on.
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
              <th scope="col">Pairs</th>
              <th scope="col">Same verdict</th>
              <th scope="col">AC1, 95 % interval</th>
              <th scope="col">Agreed on errors</th>
            </tr>
          </thead>
          <tbody>
            {[...types, ...(types.length > 1 ? [all] : [])].map((row) => (
              <tr key={row.interactionType}>
                <th scope="row">{row.interactionType}</th>
                <td data-label="Pairs">
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
                    {row.pairs}
                  </Link>
                </td>
                <td data-label="Same verdict">{sameVerdict(row)}</td>
                <td data-label="AC1" className="nowrap">
                  {row.ac1 === null || row.pairs < fewestPairs ? '–' : row.ac1.toFixed(2)}
                  {row.interval === null || row.pairs < fewestPairs ? null : (
                    <span className="quiet">
                      {' '}
                      ({row.interval.lower.toFixed(2)} to {row.interval.upper.toFixed(2)})
                    </span>
                  )}
                </td>
                <td data-label="On errors">
                  {row.positive === null ? (
                    <span className="quiet">no error seen</span>
                  ) : (
                    <>
                      {formatShare(row.positive)} <span className="quiet">of {row.errors}</span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
