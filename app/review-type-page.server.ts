import { redirect } from '@remix-run/node'
import { listUsers } from '#governance/accounts/list-users.ts'
import { trainingOf } from '#governance/accounts/training.ts'
import type { User } from '#governance/accounts/user.ts'
import { listAuditEvents } from '#governance/audit/list-audit-events.ts'
import { describeEvaluation } from '#governance/evaluate/describe-evaluation.ts'
import type { GateResult } from '#governance/evaluate/evaluation.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { findReview } from '#governance/review/find-review.ts'
import { getReviewType, type ReviewType } from '#governance/review/get-review-type.ts'
import { findPolicy } from '#governance/review/published-policy.ts'
import { recordTypeOpened } from '#governance/review/record-opening.ts'
import { formatDay } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { type Month, monthsEndingWith } from '#models/reporting-month.ts'
import { trailReaders } from './access.server.ts'
import { rowsHref } from './evidence/rows-href.ts'
import { ledger } from './ledger.server.ts'
import { getReviewCases } from './review-cases.server.ts'
import { actionWords, byUrgency, mayOpenReview, reviewHref, standingOf } from './review-room.ts'
import { ballotOf, baselineForm, evidenceView, proposalOptions, proposalView, rowsOfGate } from './review-type-view.ts'

export type ReviewTypePageView = Awaited<ReturnType<typeof getReviewTypePage>>

/** Everything that the page of one type in a review shows to this person. Throws not_found, and a redirect to the month while it is not opened. */
export async function getReviewTypePage(month: Month, interactionType: string, user: User) {
  const open = await ledger()
  const review = await findReview(open, month, user.id)
  // Evidence leads here before the month is opened, too: its own page says how that is done.
  if (review === undefined) throw redirect(reviewHref(month))
  const type = await getReviewType(open, { month, interactionType, viewerId: user.id })
  const published = await findPolicy(open.db, type.policyVersion)
  if (published === undefined) throw new OversightError('internal', `Policy ${type.policyVersion} is not stored.`)
  const { policy } = published
  const { evidence, level, registration, decision } = type
  const isOpen = type.reviewState === 'open'
  const mayFetch = trailReaders.some((role) => user.roles.includes(role))
  const receipts = mayFetch ? await receiptsOf(open, type) : { votes: new Map<string, string>(), decision: null }
  const openProposal = type.proposals.find((proposal) => proposal.state === 'open')
  const needsBaseline = registration === null || level === null
  const isApprover = user.roles.includes('approver')
  const training = await trainingOf(open.db, user.id, new Date(), policy)
  const ballot = openProposal === undefined || !isOpen ? null : ballotOf(type, openProposal, user, policy, training)
  // From here the time to the vote counts.
  if (ballot !== null && 'proposalId' in ballot) {
    await recordTypeOpened(open, { month, interactionType, by: user.id }, systemClock())
  }
  return {
    month,
    interactionType: type.interactionType,
    isOpen,
    due: formatDay(type.dueAt, type.reportingTimeZone),
    timeZone: type.reportingTimeZone,
    level,
    levelSince: type.levelSince,
    ceiling: registration?.ceiling ?? null,
    isRegistered: registration !== null,
    siblings: [...review.types].sort(byUrgency).map((sibling) => ({
      interactionType: sibling.interactionType,
      word:
        sibling.decision !== null
          ? 'decided'
          : sibling.recommendation === null
            ? ''
            : actionWords[sibling.recommendation],
      isDecided: sibling.decision !== null,
      standing: standingOf(sibling).word,
    })),
    policy: {
      version: policy.version,
      missingGates: policy.missingGates,
      window: monthsEndingWith(month, policy.windowMonths),
    },
    evidence:
      evidence === null
        ? null
        : {
            ...evidenceView(evidence, type.reportingTimeZone),
            evaluation: evidence.evaluation,
            description: describeEvaluation(evidence.evaluation, policy),
            rows: rowsOfGates(evidence.evaluation.gates, { month, interactionType, policy }),
          },
    // A stop, a trip-wire or an expiry moves the level while the evidence stays as it was frozen.
    movedLevel:
      evidence === null || decision !== null || !isOpen || evidence.standing.level === level
        ? null
        : { judgedAt: evidence.standing.level, mayJudgeAgain: mayOpenReview(user) },
    proposals: type.proposals.map((proposal) =>
      proposalView(proposal, user, (voteId) => receipts.votes.get(voteId) ?? null, isOpen),
    ),
    decision,
    decisionReceipt: receipts.decision,
    baseline: needsBaseline && isApprover ? baselineForm(type, user, await listUsers(open), policy) : null,
    needsBaseline,
    ballot,
    cases:
      ballot === null || openProposal === undefined ? null : await getReviewCases(type, openProposal, policy, user),
    options:
      isOpen && decision === null && openProposal === undefined && evidence !== null
        ? proposalOptions(type, policy)
        : null,
    mayPropose: isApprover || user.roles.includes('reviewer'),
  }
}

/** Where the rows behind each gate are listed. */
function rowsOfGates(
  gates: readonly GateResult[],
  { month, interactionType, policy }: { month: Month; interactionType: string; policy: Policy },
): Record<string, string> {
  const of = { interactionType, month, cohort: 'ai_participated', part: 'denominator' } as const
  return Object.fromEntries(
    gates.flatMap((gate) => {
      const rows = rowsOfGate(gate, policy)
      return rows === null ? [] : [[gate.gate, rowsHref({ ...of, ...rows })]]
    }),
  )
}

/** Where the receipts of the votes and of the decision are fetched. */
async function receiptsOf(open: Ledger, type: ReviewType) {
  const votes = new Map<string, string>()
  for (const proposal of type.proposals) {
    const { events } = await listAuditEvents(open, {
      page: 1,
      pageSize: 100,
      action: 'vote-cast',
      object: { type: 'proposal', id: proposal.id },
    })
    for (const event of events) votes.set(String(event.data.voteId), `/audit/receipts/${event.seq}`)
  }
  const { decision } = type
  if (decision === null) return { votes, decision: null }
  const object = { type: 'decision', id: decision.id }
  const { events } = await listAuditEvents(open, { page: 1, pageSize: 1, action: 'decision-recorded', object })
  return { votes, decision: events[0] === undefined ? null : `/audit/receipts/${events[0].seq}` }
}
