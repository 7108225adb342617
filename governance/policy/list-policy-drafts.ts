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
  withdrawal: { reason: string; by: string; at: Date } | null
  /**
   * open: takes approvals. published: it became a version. passed: another version was published in its place.
   */
  state: 'open' | 'withdrawn' | 'published' | 'passed'
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
  const withdrawals = await ledger.db
    .selectFrom('policy_withdrawals')
    .innerJoin('users', 'users.user_id', 'policy_withdrawals.withdrawn_by')
    .selectAll('policy_withdrawals')
    .select('users.name')
    .execute()
  const withdrawalOf = new Map(withdrawals.map((row) => [row.draft_id, row]))
  const published = new Map(
    (await ledger.db.selectFrom('policies').select(['policy_version', 'content_sha256']).execute()).map((row) => [
      row.policy_version,
      row.content_sha256,
    ]),
  )
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
    ...ending(row, withdrawalOf.get(row.draft_id), published.get(row.policy_version)),
  }))
}

function ending(
  draft: { content_sha256: string },
  withdrawal: { reason: string; name: string; withdrawn_at: string } | undefined,
  /** Hash of the version that was published under the draft's number. */
  publishedHash: string | undefined,
): Pick<PolicyDraft, 'state' | 'withdrawal'> {
  if (withdrawal !== undefined) {
    const { reason, name, withdrawn_at } = withdrawal
    return { state: 'withdrawn', withdrawal: { reason, by: name, at: new Date(withdrawn_at) } }
  }
  if (publishedHash === undefined) return { state: 'open', withdrawal: null }
  return { state: publishedHash === draft.content_sha256 ? 'published' : 'passed', withdrawal: null }
}
