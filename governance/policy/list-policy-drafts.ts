import { thawNumbers } from '../audit/freeze-numbers.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { policyTextKeys } from '../review/published-policy.ts'
import { parsePolicy } from './parse-policy.ts'
import type { Policy } from './policy.ts'

export interface PolicyDraft {
  id: string
  policy: Policy
  contentHash: string
  reason: string
  author: { id: string; name: string }
  draftedAt: Date
  approvals: { id: string; name: string; signedAt: Date }[]
}

/** Every draft of a policy, newest first, with who approved it. */
export async function listPolicyDrafts(ledger: Pick<Ledger, 'db'>): Promise<PolicyDraft[]> {
  const drafts = await ledger.db
    .selectFrom('policy_drafts')
    .innerJoin('users', 'users.user_id', 'policy_drafts.drafted_by')
    .selectAll('policy_drafts')
    .select('users.name')
    .orderBy('drafted_at', 'desc')
    .orderBy('draft_id', 'desc')
    .execute()
  const approvals = await ledger.db.selectFrom('policy_approvals').selectAll().orderBy('signed_at').execute()
  return drafts.map((row) => ({
    id: row.draft_id,
    policy: parsePolicy(thawNumbers(JSON.parse(row.content), policyTextKeys)),
    contentHash: row.content_sha256,
    reason: row.reason,
    author: { id: row.drafted_by, name: row.name },
    draftedAt: new Date(row.drafted_at),
    approvals: approvals
      .filter((approval) => approval.draft_id === row.draft_id)
      .map((approval) => ({
        id: approval.approver_id,
        name: approval.approver_name,
        signedAt: new Date(approval.signed_at),
      })),
  }))
}
