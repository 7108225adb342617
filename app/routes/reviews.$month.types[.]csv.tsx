import { findReview, type ReviewTypeSummary } from '#governance/review/find-review.ts'
import { OversightError } from '#models/oversight-error.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { ledger } from '../ledger.server.ts'
import { byUrgency } from '../review-room.ts'

/** Every type in the review of a month as a file, as far as its reader sees it. */
export const loader = guarded(readers, async ({ params, user }) => {
  const month = parseMonth(params.month ?? '')
  const review = await findReview(await ledger(), month, user.id)
  if (review === undefined) throw new OversightError('not_found', `The review of ${month} was never opened.`)
  return csvResponse(tableCsv(columns, review.types.toSorted(byUrgency)), `oversight-review-${month}.csv`)
})

const columns = {
  interaction_type: (row: ReviewTypeSummary) => row.interactionType,
  level: (row) => row.level,
  is_registered: (row) => row.isRegistered,
  recommendation: (row) => row.recommendation,
  first_reason: (row) => row.firstReason,
  proposed_action: (row) => row.proposal?.action ?? null,
  proposal_state: (row) => row.proposal?.state ?? null,
  approval_count: (row) => row.proposal?.approvals ?? null,
  rejection_count: (row) => row.proposal?.rejections ?? null,
  abstention_count: (row) => row.proposal?.abstentions ?? null,
  required_approval_count: (row) => row.proposal?.requiredApprovals ?? null,
  decided_action: (row) => row.decision?.action ?? null,
  decided_at: (row) => row.decision?.decidedAt ?? null,
  signer_name: (row) => row.decision?.signer.name ?? null,
} satisfies Parameters<typeof tableCsv<ReviewTypeSummary>>[0]
