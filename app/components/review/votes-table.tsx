import { Link } from '@remix-run/react'
import { formatInstant } from '#models/format-metric.ts'
import type { ProposalView } from '../../review-type-view.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status, type StatusKind } from '../status.tsx'
import { shortHash } from './evidence-hash.tsx'

const votes: Readonly<Record<'approve' | 'reject' | 'abstain', { kind: StatusKind; word: string }>> = {
  approve: { kind: 'pass', word: 'Approve' },
  reject: { kind: 'fail', word: 'Reject' },
  abstain: { kind: 'none', word: 'Abstain' },
}

/** Everybody who proposed or voted, in the order in which they did. Lapsed approvals are struck through, not removed. */
export function VotesTable({ proposal, timeZone }: { proposal: ProposalView; timeZone: string }) {
  const isStale = proposal.state === 'stale'
  return (
    <ScrollRegion label={`Votes on the proposal to ${proposal.what}, table`}>
      <table className="votes-table roomy">
        <caption className="hidden">Votes on the proposal to {proposal.what}</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Vote</th>
            <th scope="col">Reason</th>
            <th scope="col">Signed</th>
            <th scope="col">Evidence seen</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              {proposal.proposedBy}
              <span className="role">proposer</span>
            </th>
            <td>
              <Status kind={proposal.action} word="Proposes" />
            </td>
            <td>{proposal.reason === '' ? <span className="quiet">As recommended.</span> : proposal.reason}</td>
            <td className="nowrap">{formatInstant(proposal.proposedAt, timeZone)}</td>
            <td className="mono">{shortHash(proposal.evidenceHash)}</td>
          </tr>
          {proposal.votes.map((vote) => (
            <tr key={vote.id} className={isStale && vote.vote === 'approve' ? 'lapsed' : undefined}>
              <th scope="row">
                {vote.voter}
                <span className="role">{vote.role}</span>
              </th>
              <td>
                <Status {...votes[vote.vote]} />
                {isStale && vote.vote === 'approve' ? <span className="role">lapsed</span> : null}
              </td>
              <td>{vote.reason === '' ? <span className="quiet">–</span> : vote.reason}</td>
              <td className="nowrap">{formatInstant(vote.signedAt, timeZone)}</td>
              <td className="mono">
                {shortHash(vote.evidenceHash)}
                {vote.receiptHref === null ? null : (
                  <Link to={vote.receiptHref} reloadDocument className="role">
                    Receipt
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
