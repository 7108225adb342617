import { findReceipt } from '../audit/find-receipt.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import type { OutboxMessage } from './outbox-message.ts'

/** Signatures of people: each of them is given its proof. */
const signedActions = ['vote-cast', 'decision-recorded', 'stop-approved', 'policy-approved'] as const

/** Receipts are mailed for signatures of so many days at most: a mail set up later does not send old ones. */
const lookBackDays = 7

/**
 * A mail to every signer of the last seven days with the receipt of the signature: the place in the trail, the proof and
 * the signed checkpoint, as a file that can be checked offline for ever. Events that no checkpoint covers yet wait.
 */
export async function receiptMails(ledger: Pick<Ledger, 'db'>, now: Date): Promise<OutboxMessage[]> {
  const since = new Date(now.getTime() - lookBackDays * 86_400_000).toISOString()
  const signed = await ledger.db
    .selectFrom('audit_events')
    .innerJoin('users', 'users.user_id', 'audit_events.actor_id')
    .select(['audit_events.seq', 'audit_events.action', 'audit_events.actor_id', 'audit_events.recorded_at'])
    .where('audit_events.action', 'in', signedActions)
    .where('audit_events.recorded_at', '>=', since)
    .where('audit_events.seq', '<', (eb) =>
      eb.selectFrom('checkpoints').select((of) => of.fn.coalesce(of.fn.max('tree_size'), of.lit(0)).as('size')),
    )
    .orderBy('audit_events.seq')
    .execute()
  const messages: OutboxMessage[] = []
  for (const { seq, action, actor_id, recorded_at } of signed) {
    messages.push({
      onceKey: `receipt ${seq}`,
      channel: 'email',
      recipientId: actor_id,
      subject: `Oversight: receipt of your signature, event ${seq}`,
      body: `You signed event ${seq} of the audit trail (${action}) at ${recorded_at}.
The file attached proves that it is there: keep it. Whoever has it and an export of the trail can check, without us, that
your signature was not removed or changed. If you did not sign this, tell an administrator now.
`,
      attachment: { name: `event-${seq}.tlog-proof`, content: await findReceipt(ledger, seq) },
    })
  }
  return messages
}
