import { formatInstant } from '#models/format-metric.ts'
import { decisionHref, type RegisteredDecision } from '../../decisions/decision-register.ts'
import { CsvLink } from '../csv-link.tsx'
import { Status, type StatusKind } from '../status.tsx'

const words: Readonly<Record<'approve' | 'reject' | 'abstain', { kind: StatusKind; word: string }>> = {
  approve: { kind: 'pass', word: 'Approve' },
  reject: { kind: 'fail', word: 'Reject' },
  abstain: { kind: 'none', word: 'Abstain' },
}

/** Everybody who voted on what was decided, dissent as visible as consent. */
export function DecisionVotes({ decision, timeZone }: { decision: RegisteredDecision; timeZone: string }) {
  const approvals = decision.votes.filter(({ vote }) => vote === 'approve').length
  return (
    <section aria-labelledby="votes">
      <div className="head">
        <h2 id="votes">Votes</h2>
        <p>
          {approvals} of {decision.requiredApprovals} {decision.requiredApprovals === 1 ? 'approval' : 'approvals'},{' '}
          {decision.dissent ?? 'no dissent'}. <CsvLink to={`${decisionHref(decision.id)}/votes.csv`} what="votes" />
        </p>
      </div>
      <table className="register">
        <caption className="hidden">Votes in the order of signing</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Vote</th>
            <th scope="col">Reason</th>
            <th scope="col">Signed</th>
          </tr>
        </thead>
        <tbody>
          {decision.votes.map(({ voter, vote, reason, signedAt }) => (
            <tr key={voter.id}>
              <th scope="row">
                {voter.name}
                <span className="sub">{voter.role}</span>
              </th>
              <td data-label="Vote">
                <Status {...words[vote]} />
              </td>
              <td data-label="Reason" className="text">
                {reason === '' ? <span className="quiet">none given</span> : reason}
              </td>
              <td data-label="Signed" className="nowrap">
                {formatInstant(signedAt, timeZone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
