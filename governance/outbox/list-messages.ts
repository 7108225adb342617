import type { OutboxMessagesTable } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

export type ListedMessage = Pick<
  OutboxMessagesTable,
  'message_id' | 'channel' | 'subject' | 'created_at' | 'attempt_count' | 'next_attempt_at' | 'sent_at' | 'last_problem'
> & { recipient: string | null }

/** The newest messages, whatever became of them. */
export async function listMessages(ledger: Pick<Ledger, 'db'>, limit: number): Promise<ListedMessage[]> {
  return ledger.db
    .selectFrom('outbox_messages')
    .leftJoin('users', 'users.user_id', 'outbox_messages.recipient_id')
    .select([
      'message_id',
      'channel',
      'subject',
      'outbox_messages.created_at',
      'attempt_count',
      'next_attempt_at',
      'sent_at',
      'last_problem',
      'users.name as recipient',
    ])
    .orderBy('outbox_messages.created_at', 'desc')
    .orderBy('message_id', 'desc')
    .limit(limit)
    .execute()
}
