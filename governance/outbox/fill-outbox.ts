import { listUsers } from '../accounts/list-users.ts'
import type { TrailReport } from '../audit/verify-trail.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { listRegisteredTypes } from '../registry/list-registered-types.ts'
import { listReminders } from '../review/list-reminders.ts'
import { enqueueMessages } from './enqueue-messages.ts'
import { eventWebhooks } from './event-webhooks.ts'
import type { OutboxChannels } from './outbox-message.ts'
import { receiptMails } from './receipt-mails.ts'
import { reminderMails } from './reminder-mails.ts'
import { trailAlarms } from './trail-alarms.ts'

/**
 * Puts into the outbox what people and machines have to hear of now: reminders, receipts, events, and an alarm
 * when the trail does not hold (then no receipts: nothing may vouch for it). Gives how many messages are new; a second
 * call at once finds nothing to add.
 */
export async function fillOutbox(
  ledger: Ledger,
  channels: OutboxChannels,
  trail: TrailReport,
  clock: Clock,
): Promise<number> {
  const people = await listUsers(ledger)
  const messages = trailAlarms(trail, people, channels, clock.now)
  if (channels.email) {
    const owners = new Map((await listRegisteredTypes(ledger)).map((type) => [type.interactionType, type.ownerId]))
    const reminders = await listReminders(ledger, clock.now)
    messages.push(...reminderMails(reminders, people, owners, clock.now))
    if (trail.ok) messages.push(...(await receiptMails(ledger, clock.now)))
  }
  if (channels.webhook) messages.push(...(await eventWebhooks(ledger, clock.now)))
  return enqueueMessages(ledger, messages, clock)
}
