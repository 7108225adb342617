import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { actAs } from '../accounts/acting-user.ts'
import { reauthenticate } from '../accounts/reauthenticate.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { type Receipt, receiptOf } from './receipt-of.ts'

const inputSchema = z.object({ decisionId: z.string().min(1), reason: plainText(4000) })

/**
 * Approves a stop afterwards: a second approver, not the one who stopped. Throws not_found, forbidden,
 * unauthenticated, conflict when it is approved already.
 */
export async function approveStop(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: string; password: string },
  clock: Clock,
): Promise<{ receipt: Receipt }> {
  const { decisionId, reason } = parseInput(inputSchema, input, 'The approval')
  await reauthenticate(ledger, input, clock)
  const seq = await change(ledger, async (db) => {
    const signer = await actAs(db, input.by, ['approver'], 'approve a stop')
    const stop = await db
      .selectFrom('decisions')
      .selectAll()
      .where('decision_id', '=', decisionId)
      .where('kind', '=', 'stop')
      .executeTakeFirst()
    if (stop === undefined) throw new OversightError('not_found', 'There is no such stop.')
    if (stop.decided_by === input.by) {
      throw new OversightError('forbidden', 'You made this stop, so another approver has to approve it.')
    }
    const known = await db
      .selectFrom('stop_approvals')
      .select('decision_id')
      .where('decision_id', '=', decisionId)
      .executeTakeFirst()
    if (known !== undefined) throw new OversightError('conflict', 'This stop is approved already.')
    const meaning = `approved the stop of ${stop.interaction_type} afterwards`
    await db
      .insertInto('stop_approvals')
      .values({
        decision_id: decisionId,
        approver_id: signer.id,
        approver_name: signer.name,
        reason,
        meaning,
        approved_at: clock.now.toISOString(),
      })
      .execute()
    return recordEvent(
      db,
      clock,
      signer,
      {
        action: 'stop-approved',
        object: { type: 'decision', id: decisionId },
        data: { interactionType: stop.interaction_type, meaning },
      },
      ['stop_approvals', decisionId],
    )
  })
  return { receipt: await receiptOf(ledger, seq) }
}
