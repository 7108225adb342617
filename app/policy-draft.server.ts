import { listUsers } from '#governance/accounts/list-users.ts'
import { trainingObstacle, trainingOf } from '#governance/accounts/training.ts'
import type { User } from '#governance/accounts/user.ts'
import type { BackTestRow } from '#governance/policy/back-test.ts'
import { listPolicyDrafts, type PolicyDraft } from '#governance/policy/list-policy-drafts.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { quorumWarnings } from '#governance/policy/quorum-warnings.ts'
import { findPolicy, getCurrentPolicy } from '#governance/review/published-policy.ts'
import { OversightError } from '#models/oversight-error.ts'
import { ledger } from './ledger.server.ts'
import { oncePerState } from './once-per-state.server.ts'
import { backTestPolicy } from './policy/back-test-policy.ts'
import { findWarehouse } from './warehouse.server.ts'

/** A draft, with the version that it follows. Throws not_found. */
export async function getDraft(draftId: string): Promise<{ draft: PolicyDraft; before: Policy; current: Policy }> {
  const open = await ledger()
  const draft = (await listPolicyDrafts(open)).find(({ id }) => id === draftId)
  if (draft === undefined) throw new OversightError('not_found', 'There is no such draft of a policy.')
  const before = (await findPolicy(open.db, draft.policy.version - 1))?.policy
  if (before === undefined) throw new OversightError('internal', 'The policy before the draft is not stored.')
  return { draft, before, current: await getCurrentPolicy(open.db) }
}

/**
 * Every past month under the draft and under the version that it follows; none before the first load. Kept for as long as
 * snapshot and ledger stay as they are: it is the same for everybody who reads the draft.
 */
export async function backTestDraft({ draft, before }: { draft: PolicyDraft; before: Policy }): Promise<BackTestRow[]> {
  const warehouse = await findWarehouse()
  if (warehouse === undefined) return []
  const now = new Date()
  return oncePerState(['back-test', draft.id], now, async () =>
    backTestPolicy(await ledger(), warehouse.db, { before, after: draft.policy }, now),
  )
}

/** What nobody could decide under the policy with the approvers of today, one sentence each. */
export async function quorumWarningsToday({ quorum }: Policy): Promise<string[]> {
  const people = await listUsers(await ledger())
  const approvers = people.filter(({ isDisabled, roles }) => !isDisabled && roles.includes('approver'))
  return quorumWarnings(quorum, approvers.length)
}

/** Why this person may not approve the draft, as a sentence; null when they may. */
export async function approvalObstacle(draft: PolicyDraft, current: Policy, user: User): Promise<string | null> {
  if (!user.roles.includes('approver')) return 'Approvers sign policies. You may read this draft.'
  if (draft.author.id === user.id) return 'You wrote this draft, so other approvers have to approve it.'
  if (draft.approvals.some(({ id }) => id === user.id)) return 'You approved this draft already.'
  return trainingObstacle(await trainingOf((await ledger()).db, user.id, new Date(), current))
}
