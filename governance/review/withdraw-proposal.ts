import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { actAs } from '../accounts/acting-user.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { getProposalFacts } from './proposals-of.ts'

const inputSchema = z.object({ proposalId: z.string().min(1), reason: plainText(4000, 1) })

/**
 * Takes an open proposal back, with a reason, to make room for another. By its proposer or any approver; its votes
 * stay on record. Throws not_found, forbidden, conflict when it is no longer open.
 */
export async function withdrawProposal(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string },
  clock: Clock,
): Promise<void> {
  const { proposalId, reason } = parseInput(inputSchema, input, 'The withdrawal')
  await change(ledger, async (db) => {
    const { row, state } = await getProposalFacts(db, proposalId)
    const allowed = row.proposed_by === input.by ? (['approver', 'reviewer'] as const) : (['approver'] as const)
    const actor = await actAs(db, input.by, allowed, 'withdraw this proposal')
    if (state !== 'open' && state !== 'stale') {
      throw new OversightError('conflict', `This proposal is ${state} and cannot be withdrawn.`)
    }
    await db
      .insertInto('proposal_withdrawals')
      .values({ proposal_id: proposalId, reason, withdrawn_by: actor.id, withdrawn_at: clock.now.toISOString() })
      .execute()
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'proposal-withdrawn',
        object: { type: 'proposal', id: proposalId },
        data: { month: row.review_month, interactionType: row.interaction_type },
      },
      ['proposal_withdrawals', proposalId],
    )
  })
}
