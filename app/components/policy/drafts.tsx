import { Link } from '@remix-run/react'
import type { PolicyDraft } from '#governance/policy/list-policy-drafts.ts'
import { formatInstant } from '#models/format-metric.ts'
import { draftHref, newDraftHref } from '../../policy/draft-hrefs.ts'
import { ButtonLink } from '../button.tsx'
import { CsvLink } from '../csv-link.tsx'
import { Status } from '../status.tsx'
import { draftStates } from './draft-states.ts'

interface DraftsProps {
  drafts: readonly {
    id: string
    version: number
    reason: string
    author: string
    draftedAt: Date
    approvalCount: number
    state: PolicyDraft['state']
  }[]
  mayDraft: boolean
  /** The policy that this version of Oversight recommends is not in force yet. */
  offersRecommended: boolean
  timeZone: string
}

/** How the policy changes: drafts with where they stand, and the way to a new one. */
export function Drafts({ drafts, mayDraft, offersRecommended, timeZone }: DraftsProps) {
  return (
    <section aria-labelledby="drafts">
      <div className="head">
        <h2 id="drafts">Drafts</h2>
        <p>
          Back-tested, signed by others than the author, in force from the next month on.{' '}
          {drafts.length === 0 ? null : <CsvLink to="/policy/tables/drafts.csv" what="drafts" />}
        </p>
      </div>
      {drafts.length === 0 ? (
        <p className="soft">Nobody proposed a change yet.</p>
      ) : (
        <table className="register">
          <caption className="hidden">Drafts of policies, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Draft</th>
              <th scope="col">Why</th>
              <th scope="col">By</th>
              <th scope="col">Approvals</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {drafts.map((draft) => (
              <tr key={draft.id}>
                <th scope="row">
                  <Link to={draftHref(draft.id)}>Draft of version {draft.version}</Link>
                  <span className="sub">{formatInstant(draft.draftedAt, timeZone)}</span>
                </th>
                <td data-label="Why" className="soft text">
                  {draft.reason}
                </td>
                <td data-label="By">{draft.author}</td>
                <td data-label="Approvals">{draft.approvalCount}</td>
                <td data-label="State">
                  <Status {...draftStates[draft.state]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayDraft ? (
        <div className="downloads gap">
          <ButtonLink to={newDraftHref()}>Draft a change</ButtonLink>
          {offersRecommended ? (
            <ButtonLink to={newDraftHref('recommended')}>Start from the recommended policy</ButtonLink>
          ) : null}
        </div>
      ) : (
        <p className="quiet gap">Approvers and reviewers draft a change.</p>
      )}
    </section>
  )
}
