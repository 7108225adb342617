import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import type { OutboxMessage } from './outbox-message.ts'

/** Puts in what was not put in before, by its key. Gives how many were new. */
export async function enqueueMessages(
  ledger: Ledger,
  messages: readonly OutboxMessage[],
  clock: Clock,
): Promise<number> {
  if (messages.length === 0) return 0
  const now = clock.now.toISOString()
  return change(ledger, async (db) => {
    let added = 0
    for (const message of messages) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('outbox_messages')
        .values({
          message_id: clock.newId(),
          once_key: message.onceKey,
          channel: message.channel,
          recipient_id: message.recipientId,
          subject: message.subject,
          body: message.body,
          attachment_name: message.attachment?.name ?? null,
          attachment: message.attachment?.content ?? null,
          created_at: now,
          attempt_count: 0,
          next_attempt_at: now,
          sent_at: null,
          last_problem: null,
        })
        .onConflict((conflict) => conflict.column('once_key').doNothing())
        .executeTakeFirst()
      added += Number(numInsertedOrUpdatedRows ?? 0)
    }
    return added
  })
}
