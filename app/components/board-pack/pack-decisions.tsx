import { countOf, formatDay, formatInstant } from '#models/format-metric.ts'
import type { BoardPackDecisions } from '../../board-pack/board-pack-view.ts'
import { kindWords, type RegisteredDecision } from '../../decisions/decision-register.ts'
import type { OpenDecision } from '../../evidence/review-progress.ts'
import { BreakingName } from '../breaking-name.tsx'
import { actionStatus, LevelMove } from '../decisions/decision-table.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'
import { PackUnsettled } from './pack-unsettled.tsx'

interface PackDecisionsProps {
  decisions: BoardPackDecisions
  /** What the review has not decided yet. */
  open: readonly OpenDecision[]
  timeZone: string
}

/** Decisions with who signed and who did not agree, in their own words; then what is unsettled and open. */
export function PackDecisions({ decisions, open, timeZone }: PackDecisionsProps) {
  const { cycle, others } = decisions
  return (
    <section aria-labelledby="pack-decisions" className="new-sheet">
      <h2 id="pack-decisions">Decisions and signatures</h2>
      {cycle.length === 0 ? (
        <p className="soft">Nothing is decided in the review of this month yet.</p>
      ) : (
        <DecisionRows
          title={`Review of the month: ${countOf(cycle.length, 'decision')}`}
          decisions={cycle}
          timeZone={timeZone}
        />
      )}
      {others.length === 0 ? null : (
        <DecisionRows
          title={`Outside the cycle: ${countOf(others.length, 'decision')}`}
          decisions={others}
          timeZone={timeZone}
        />
      )}
      <PackUnsettled decisions={decisions} timeZone={timeZone} />
      {open.length === 0 ? null : (
        <>
          <h3>Still open: {open.length}</h3>
          <ScrollRegion label="Still open, table">
            <table className="pack-table">
              <caption className="hidden">Types without a decision</caption>
              <thead>
                <tr>
                  <th scope="col">Type</th>
                  <th scope="col">Recommended</th>
                  <th scope="col">Why</th>
                  <th scope="col">Votes</th>
                </tr>
              </thead>
              <tbody>
                {open.map(({ interactionType, recommendation, reason, votes }) => (
                  <tr key={interactionType}>
                    <th scope="row">
                      <BreakingName name={interactionType} />
                    </th>
                    <td>
                      <Status kind={recommendation} />
                    </td>
                    <td>{reason}</td>
                    <td className="nowrap">{votes}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </section>
  )
}

interface DecisionRowsProps {
  title: string
  decisions: readonly RegisteredDecision[]
  timeZone: string
}

function DecisionRows({ title, decisions, timeZone }: DecisionRowsProps) {
  return (
    <>
      <h3>{title}</h3>
      <ScrollRegion label={`${title}, table`}>
        <table className="pack-table">
          <caption className="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Decision</th>
              <th scope="col">Level</th>
              <th scope="col">Signed by</th>
              <th scope="col">Reason and dissent</th>
              <th scope="col">Valid until</th>
              <th scope="col" className="num">
                Event
              </th>
            </tr>
          </thead>
          <tbody>
            {decisions.map((decision) => (
              <tr key={decision.id}>
                <th scope="row">
                  <BreakingName name={decision.interactionType} />
                </th>
                <td>
                  <Status {...actionStatus[decision.action]} />
                  {decision.kind === 'cycle' ? null : <span className="sub">{kindWords[decision.kind]}</span>}
                  {decision.isOverride ? <span className="sub">Against the recommendation</span> : null}
                </td>
                <td>
                  <LevelMove from={decision.fromLevel} to={decision.toLevel} ceiling={decision.ceiling} />
                </td>
                <td>
                  {signers(decision).map(({ name, role, at }) => (
                    <span key={`${name} ${at.toISOString()}`} className="signer">
                      {name}, {role}
                      <span className="sub">{formatInstant(at, timeZone)}</span>
                    </span>
                  ))}
                </td>
                <td>
                  {decision.reason}
                  {dissents(decision).map(({ voter, vote, reason }) => (
                    <span key={voter.id} className="dissent">
                      <b>
                        {voter.name} {vote === 'reject' ? 'rejected' : 'abstained'}:
                      </b>{' '}
                      {reason}
                    </span>
                  ))}
                </td>
                <td className="nowrap">{formatDay(decision.validUntil, timeZone)}</td>
                <td className="num">{decision.seq ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  )
}

/** Everybody whose signature carries the decision. */
function signers({ votes, signer, decidedAt }: RegisteredDecision) {
  const approvals = votes.filter(({ vote }) => vote === 'approve')
  return approvals.length === 0
    ? [{ name: signer.name, role: signer.role, at: decidedAt }]
    : approvals.map(({ voter, signedAt }) => ({ name: voter.name, role: voter.role, at: signedAt }))
}

function dissents({ votes }: RegisteredDecision) {
  return votes.filter(({ vote }) => vote !== 'approve')
}
