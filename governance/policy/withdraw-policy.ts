import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { actAs } from '../accounts/acting-user.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { listPolicyDrafts } from './list-policy-drafts.ts'

const inputSchema = z.object({ draftId: z.string().min(1), reason: plainText(4000, 1) })

/**
 * Takes a draft of a policy back before it is published, with a reason; its approvals stay on record. By its author or
 * any approver. Throws not_found, forbidden, conflict when it is no longer open.
 */
export async function withdrawPolicy(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string },
  clock: Clock,
): Promise<void> {
  const { draftId, reason } = parseInput(inputSchema, input, 'The withdrawal')
  await change(ledger, async (db) => {
    const draft = (await listPolicyDrafts({ db })).find(({ id }) => id === draftId)
    if (draft === undefined) throw new OversightError('not_found', 'There is no such draft of a policy.')
    const allowed = draft.author.id === input.by ? (['approver', 'reviewer'] as const) : (['approver'] as const)
    const actor = await actAs(db, input.by, allowed, 'take this draft back')
    if (draft.state !== 'open') {
      throw new OversightError('conflict', `This draft is ${draft.state} and cannot be taken back.`)
    }
    await db
      .insertInto('policy_withdrawals')
      .values({ draft_id: draftId, reason, withdrawn_by: actor.id, withdrawn_at: clock.now.toISOString() })
      .execute()
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'policy-withdrawn',
        object: { type: 'policy_draft', id: draftId },
        data: { policyVersion: draft.policy.version },
      },
      ['policy_withdrawals', draftId],
    )
  })
}
