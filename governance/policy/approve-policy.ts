import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month, monthOf, parseTimeZone } from '#models/reporting-month.ts'
import { actAs } from '../accounts/acting-user.ts'
import { reauthenticate } from '../accounts/reauthenticate.ts'
import { refuseUntrained } from '../accounts/training.ts'
import type { Actor } from '../audit/audit-event.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { PolicyDraftsTable } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { listPolicies } from '../review/published-policy.ts'
import { type Receipt, receiptOf } from '../review/receipt-of.ts'

const inputSchema = z.object({
  draftId: z.string().min(1),
  /** Content hash of the draft that was read. */
  contentHash: z.string(),
  reportingTimeZone: z.string(),
})

export interface PolicyApproval {
  approvals: number
  requiredApprovals: number
  /** Set when this approval was the last one needed. */
  published: { version: number; effectiveMonth: string } | null
  receipt: Receipt
}

/**
 * Signs a policy draft with the password given again. The approval that completes the quorum for expanding publishes it,
 * for the evidence of the next month on; past months keep their policy. The author may not approve. Throws
 * unauthenticated, forbidden, not_found, conflict (approved already, taken back, another draft
 * was published, not what was read).
 */
export async function approvePolicy(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string; password: string },
  clock: Clock,
): Promise<PolicyApproval> {
  const { draftId, contentHash, reportingTimeZone } = parseInput(inputSchema, input, 'The approval')
  const zone = parseTimeZone(reportingTimeZone)
  await reauthenticate(ledger, input, clock)
  const { seq, ...approval } = await change(ledger, async (db) => {
    const signer = await actAs(db, input.by, ['approver'], 'approve a policy')
    const draft = await db.selectFrom('policy_drafts').selectAll().where('draft_id', '=', draftId).executeTakeFirst()
    if (draft === undefined) throw new OversightError('not_found', 'There is no such draft of a policy.')
    if (draft.drafted_by === signer.id) {
      throw new OversightError('forbidden', 'You wrote this policy, so other approvers have to approve it.')
    }
    if (draft.content_sha256 !== contentHash) {
      throw new OversightError('conflict', 'This is not the draft that you read, so nothing was signed.')
    }
    const withdrawal = await db
      .selectFrom('policy_withdrawals')
      .select('draft_id')
      .where('draft_id', '=', draftId)
      .executeTakeFirst()
    if (withdrawal !== undefined) {
      throw new OversightError('conflict', 'This draft was taken back, so it takes no approvals.')
    }
    const [newest] = await listPolicies(db)
    await refuseUntrained(db, signer.id, clock.now, newest?.policy ?? {})
    if (newest === undefined || draft.policy_version !== newest.policy.version + 1) {
      throw new OversightError(
        'conflict',
        `Policy version ${newest?.policy.version} was published since. Draft the change on top of it.`,
      )
    }
    const earlier = await db
      .selectFrom('policy_approvals')
      .select('approver_id')
      .where('draft_id', '=', draftId)
      .execute()
    if (earlier.some((row) => row.approver_id === signer.id)) {
      throw new OversightError('conflict', 'You approved this draft already.')
    }
    const meaning = `approved policy version ${draft.policy_version}`
    await db
      .insertInto('policy_approvals')
      .values({
        draft_id: draftId,
        approver_id: signer.id,
        approver_name: signer.name,
        content_sha256: contentHash,
        meaning,
        authentication: 'password',
        signed_at: clock.now.toISOString(),
      })
      .execute()
    const approvedSeq = await recordEvent(
      db,
      clock,
      signer,
      {
        action: 'policy-approved',
        object: { type: 'policy_draft', id: draftId },
        data: { meaning, contentSha256: contentHash, authentication: 'password' },
      },
      ['policy_approvals', draftId, signer.id],
    )
    const approvals = earlier.length + 1
    const requiredApprovals = newest.policy.quorum.expand
    if (approvals < requiredApprovals) return { seq: approvedSeq, approvals, requiredApprovals, published: null }
    // The month that is running here, or already in UTC: whichever is later is the last one of the old policy.
    const running = [monthOf(clock.now, zone), clock.now.toISOString().slice(0, 7)].sort().at(-1) as Month
    const effectiveMonth = addMonths(running, 1)
    const seq = await publish(db, clock, signer, draft, effectiveMonth)
    return { seq, approvals, requiredApprovals, published: { version: draft.policy_version, effectiveMonth } }
  })
  return { ...approval, receipt: await receiptOf(ledger, seq) }
}

async function publish(
  db: LedgerTransaction,
  clock: Clock,
  signer: Actor,
  draft: PolicyDraftsTable,
  effectiveMonth: string,
): Promise<number> {
  await db
    .insertInto('policies')
    .values({
      policy_version: draft.policy_version,
      content: draft.content,
      content_sha256: draft.content_sha256,
      effective_month: effectiveMonth,
      published_at: clock.now.toISOString(),
      published_by: signer.id,
    })
    .execute()
  return recordEvent(
    db,
    clock,
    signer,
    {
      action: 'policy-published',
      object: { type: 'policy', id: String(draft.policy_version) },
      data: { policyVersion: draft.policy_version, contentSha256: draft.content_sha256, effectiveMonth },
    },
    ['policies', draft.policy_version],
  )
}
