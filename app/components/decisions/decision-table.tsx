import { Link } from '@remix-run/react'
import { formatDay, formatInstant, formatMonth } from '#models/format-metric.ts'
import { decisionHref, kindWords, type RegisteredDecision, type Validity } from '../../decisions/decision-register.ts'
import { typeHref } from '../../evidence/rows-href.ts'
import { reviewTypeHref } from '../../review-room.ts'
import { LevelGlyph } from '../level-glyph.tsx'
import { shortHash } from '../review/evidence-hash.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status, type StatusKind } from '../status.tsx'
import { Tag } from '../tag.tsx'

export const actionStatus: Readonly<
  Record<RegisteredDecision['action'], { kind: StatusKind; word?: string | undefined }>
> = {
  expand: { kind: 'expand' },
  keep: { kind: 'keep' },
  reduce: { kind: 'reduce' },
  baseline: { kind: 'keep', word: 'Baseline' },
}

export const validityStatus: Readonly<Record<Validity, { kind: StatusKind; word: string }>> = {
  'in-force': { kind: 'pass', word: 'In force' },
  expired: { kind: 'inconclusive', word: 'Expired' },
  replaced: { kind: 'none', word: 'Replaced' },
}

interface DecisionTableProps {
  decisions: readonly RegisteredDecision[]
  timeZone: string
  /** Receipts are for those who may read the trail. */
  maySeeTrail: boolean
}

/** One row per decision: what was decided, who signed, who did not agree, on which evidence, until when. */
export function DecisionTable({ decisions, timeZone, maySeeTrail }: DecisionTableProps) {
  return (
    <ScrollRegion label="Decisions, table">
      <table className="register dense">
        <caption className="hidden">Decisions, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Decision</th>
            <th scope="col">Level</th>
            <th scope="col">Signed by</th>
            <th scope="col">Dissent</th>
            <th scope="col">Valid until</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <Row key={decision.id} decision={decision} timeZone={timeZone} maySeeTrail={maySeeTrail} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

interface RowProps {
  decision: RegisteredDecision
  timeZone: string
  maySeeTrail: boolean
}

function Row({ decision, timeZone, maySeeTrail }: RowProps) {
  const { interactionType, month, kind, signer } = decision
  return (
    <tr id={`decision-${decision.id}`}>
      <th scope="row">
        <Link to={typeHref(interactionType)}>{interactionType}</Link>
      </th>
      <td data-label="Decision">
        <Link to={decisionHref(decision.id)} aria-label={`${interactionType}: ${decision.meaning}`}>
          <Status {...actionStatus[decision.action]} />
        </Link>
        <span className="sub">
          {kind === 'cycle' && month !== null ? (
            <Link to={reviewTypeHref(month, interactionType)}>{formatMonth(month)}</Link>
          ) : (
            kindWords[kind]
          )}
        </span>
        {decision.isOverride ? <Tag>Override</Tag> : null}
      </td>
      <td data-label="Level">
        <LevelMove from={decision.fromLevel} to={decision.toLevel} ceiling={decision.ceiling} />
      </td>
      <td data-label="Signed by">
        {[signer.name, ...otherApprovers(decision)].join(', ')}
        <span className="sub">
          <time dateTime={decision.decidedAt.toISOString()} title={formatInstant(decision.decidedAt, timeZone)}>
            {formatDay(decision.decidedAt, timeZone)}
          </time>
          , {signer.role}
        </span>
        {decision.isPending ? (
          <Status kind="provisional" word="Waits for a second approver" />
        ) : decision.stopApproval === null ? null : (
          <span className="sub">approved afterwards by {decision.stopApproval.approver.name}</span>
        )}
      </td>
      <td data-label="Dissent" className={decision.dissent === null ? 'quiet' : undefined}>
        {decision.votes.length === 0 ? 'No vote needed' : (decision.dissent ?? 'None')}
      </td>
      <td data-label="Valid until">
        <span className="nowrap">{formatDay(decision.validUntil, timeZone)}</span>
        <span className="sub">
          <Status {...validityStatus[decision.validity]} />
        </span>
      </td>
      <td data-label="Evidence">
        {decision.evidenceHash === null ? (
          <span className="quiet">none frozen</span>
        ) : (
          <span className="mono" title={decision.evidenceHash}>
            {shortHash(decision.evidenceHash)}
          </span>
        )}
        {maySeeTrail && decision.seq !== null ? (
          <Link className="sub" to={`/audit/receipts/${decision.seq}`} reloadDocument>
            Receipt
          </Link>
        ) : null}
      </td>
    </tr>
  )
}

function otherApprovers({ votes, signer }: RegisteredDecision): string[] {
  return votes.filter(({ vote, voter }) => vote === 'approve' && voter.id !== signer.id).map(({ voter }) => voter.name)
}

interface LevelMoveProps {
  from: RegisteredDecision['fromLevel']
  to: RegisteredDecision['toLevel']
  ceiling: RegisteredDecision['ceiling']
}

/** From one level to the next, or the one that stays. */
export function LevelMove({ from, to, ceiling }: LevelMoveProps) {
  if (from === null || from === to) return <LevelGlyph level={to} ceiling={ceiling} />
  return (
    <span className="levels">
      <LevelGlyph level={from} ceiling={ceiling} />
      <span className="nowrap">
        <span className="quiet" aria-hidden="true">
          →&ensp;
        </span>
        <span className="hidden">to </span>
        <LevelGlyph level={to} ceiling={ceiling} />
      </span>
    </span>
  )
}
