import type { FollowUp } from '#governance/evaluate/follow-decision.ts'
import { guarded, readers } from '../access.server.ts'
import { decisionFilters, filterDecisions, type RegisteredDecision } from '../decisions/decision-register.ts'
import { getDecisionRegister } from '../decisions.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { getScoreboard } from '../scoreboard.server.ts'

/** Every decision of the filters as a file. */
export const loader = guarded(readers, async ({ request }) => {
  const chosen = decisionFilters.parse(Object.fromEntries(new URL(request.url).searchParams))
  const found = filterDecisions(await getDecisionRegister(), chosen)
  const { followUps } = await getScoreboard(found)
  const decisions = found.map((decision) => ({ ...decision, followUps: followUps.get(decision.id) ?? [] }))
  return csvResponse(tableCsv(columns, decisions), 'oversight-decisions.csv')
})

type Row = RegisteredDecision & { followUps: readonly FollowUp[] }

const verdictAt = (days: FollowUp['days']) => (decision: Row) =>
  decision.followUps.find((followed) => followed.days === days)?.verdict ?? null
const count = (decision: Row, vote: string) => decision.votes.filter((one) => one.vote === vote).length

const columns = {
  decision_id: (decision: Row) => decision.id,
  kind: (decision) => decision.kind,
  interaction_type: (decision) => decision.interactionType,
  evidence_month: (decision) => decision.month,
  action: (decision) => decision.action,
  from_level: (decision) => decision.fromLevel,
  to_level: (decision) => decision.toLevel,
  decided_at: (decision) => decision.decidedAt,
  signer_name: (decision) => decision.signer.name,
  signer_role: (decision) => decision.signer.role,
  required_approval_count: (decision) => decision.requiredApprovals,
  approval_count: (decision) => count(decision, 'approve'),
  rejection_count: (decision) => count(decision, 'reject'),
  abstention_count: (decision) => count(decision, 'abstain'),
  is_override: (decision) => decision.isOverride,
  reason: (decision) => decision.reason,
  meaning: (decision) => decision.meaning,
  evidence_sha256: (decision) => decision.evidenceHash,
  policy_version: (decision) => decision.policyVersion,
  effective_at: (decision) => decision.effectiveAt,
  valid_until: (decision) => decision.validUntil,
  validity: (decision) => decision.validity,
  stop_approval_due_at: (decision) => decision.approvalDueAt,
  stop_approved_by: (decision) => decision.stopApproval?.approver.name ?? null,
  stop_approved_at: (decision) => decision.stopApproval?.approvedAt ?? null,
  verdict_30_days: verdictAt(30),
  verdict_60_days: verdictAt(60),
  verdict_90_days: verdictAt(90),
  audit_event: (decision) => decision.seq,
} satisfies Parameters<typeof tableCsv<Row>>[0]
