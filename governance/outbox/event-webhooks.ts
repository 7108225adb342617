import { type AuditAction, leafSchema } from '../audit/audit-event.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import type { OutboxMessage } from './outbox-message.ts'

/** What machines are told: everything that changes, or may soon change, what the AI is allowed to do. */
const toldActions = [
  'review-opened',
  'proposal-made',
  'decision-recorded',
  'level-changed',
  'type-stopped',
  'trip-wire-fired',
  'decision-expired',
  'policy-published',
] as const satisfies readonly AuditAction[]

/** A webhook set up later is told of so many days at most. */
const lookBackDays = 7

/**
 * One webhook for each event of the last seven days that a machine may act on. The body is
 * `{ type, timestamp, data }` as Standard Webhooks has it; type is the action with a dot for the last dash
 * ("level.changed"), data the event's own data with its place in the trail. No names of people.
 */
export async function eventWebhooks(ledger: Pick<Ledger, 'db'>, now: Date): Promise<OutboxMessage[]> {
  const since = new Date(now.getTime() - lookBackDays * 86_400_000).toISOString()
  const rows = await ledger.db
    .selectFrom('audit_events')
    .select(['leaf'])
    .where('action', 'in', toldActions)
    .where('recorded_at', '>=', since)
    .orderBy('seq')
    .execute()
  return rows.map((row) => {
    const { seq, ts, action, object, data } = leafSchema.parse(JSON.parse(row.leaf))
    const type = action.replace(/-(?=[^-]*$)/, '.')
    return {
      onceKey: `event ${seq}`,
      channel: 'webhook',
      recipientId: null,
      subject: type,
      body: JSON.stringify({
        type,
        timestamp: ts,
        data: { seq, objectType: object.type, objectId: object.id, ...data },
      }),
      attachment: null,
    }
  })
}
