import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { OutboxMessagesTable } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** A message on its way: what a sender needs, and nothing else. */
export interface MessageToSend {
  /** The same at every attempt: receivers can tell a repetition by it. */
  id: string
  channel: 'email' | 'webhook'
  /** Address of the person, as it is now; null for the webhook. */
  to: string | null
  subject: string
  body: string
  attachment: { name: string; content: string } | null
  attempt: number
}

export interface SentOutbox {
  sent: number
  /** What could not be sent now, in words; it is tried again until it is given up. */
  problems: string[]
}

/** While somebody sends a message, nobody else does; if they die, it is free again after this. */
const leaseMinutes = 15
/** Pauses double from 2 minutes to 6 hours; after the 14th attempt, about two days, a message is given up. */
const longestPauseMinutes = 360
const mostAttempts = 14

/**
 * Sends what is due, one after the other, oldest first. Delivered at least once: a sender killed between sending and
 * writing that down sends again, with the same id. `send` throws with words for people when a message is not taken;
 * messages of other channels wait.
 */
export async function sendOutbox(
  ledger: Ledger,
  send: (message: MessageToSend) => Promise<void>,
  clock: () => Clock,
  channels: readonly MessageToSend['channel'][] = ['email', 'webhook'],
): Promise<SentOutbox> {
  const result: SentOutbox = { sent: 0, problems: [] }
  for (;;) {
    const message = await claimNext(ledger, channels, clock().now)
    if (message === undefined) return result
    try {
      await send(message)
      await close(ledger, message.id, { sent_at: clock().now.toISOString(), next_attempt_at: null, last_problem: null })
      result.sent += 1
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      const isGivenUp = message.attempt >= mostAttempts
      const next = new Date(clock().now.getTime() + Math.min(2 ** message.attempt, longestPauseMinutes) * 60_000)
      await close(ledger, message.id, {
        next_attempt_at: isGivenUp ? null : next.toISOString(),
        last_problem: problem.slice(0, 1000),
      })
      result.problems.push(
        `${message.subject}: ${problem} ${isGivenUp ? 'Given up.' : `Tried again after ${next.toISOString()}.`}`,
      )
    }
  }
}

/** Takes the oldest due message for this sender; undefined when none is due. Disabled people get no mail. */
async function claimNext(
  ledger: Ledger,
  channels: readonly MessageToSend['channel'][],
  now: Date,
): Promise<MessageToSend | undefined> {
  return change(ledger, async (db) => {
    const row = await db
      .selectFrom('outbox_messages')
      .leftJoin('users', 'users.user_id', 'outbox_messages.recipient_id')
      .selectAll('outbox_messages')
      .select('users.email')
      .where('next_attempt_at', '<=', now.toISOString())
      .where('channel', 'in', channels)
      .where((eb) => eb.or([eb('channel', '=', 'webhook'), eb('users.is_disabled', '=', 0)]))
      .orderBy('outbox_messages.created_at')
      .orderBy('message_id')
      .executeTakeFirst()
    if (row === undefined) return undefined
    const leasedUntil = new Date(now.getTime() + leaseMinutes * 60_000).toISOString()
    await db
      .updateTable('outbox_messages')
      .set({ attempt_count: row.attempt_count + 1, next_attempt_at: leasedUntil })
      .where('message_id', '=', row.message_id)
      .execute()
    return {
      id: row.message_id,
      channel: row.channel,
      to: row.email,
      subject: row.subject,
      body: row.body,
      attachment:
        row.attachment_name === null || row.attachment === null
          ? null
          : { name: row.attachment_name, content: row.attachment },
      attempt: row.attempt_count + 1,
    }
  })
}

async function close(
  ledger: Ledger,
  id: string,
  state: Partial<Pick<OutboxMessagesTable, 'sent_at' | 'next_attempt_at' | 'last_problem'>>,
): Promise<void> {
  await change(ledger, (db) => db.updateTable('outbox_messages').set(state).where('message_id', '=', id).execute())
}
