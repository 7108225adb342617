import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import type { User } from '../accounts/user.ts'
import type { Reminder } from '../review/list-reminders.ts'
import type { OutboxMessage } from './outbox-message.ts'

dayjs.extend(utc)

/** A mail goes out when something is due within so many days, and on Mondays for the rest. */
const soonDays = 3

/**
 * At most one mail a day to each approver, with all that waits: on any day when something is overdue or due within
 * three days, else on Mondays (UTC). Pure. A type's owner who is no approver hears of the type in the same mail.
 */
export function reminderMails(
  reminders: readonly Reminder[],
  people: readonly User[],
  ownersOf: ReadonlyMap<string, string>,
  now: Date,
): OutboxMessage[] {
  const today = dayjs.utc(now)
  return people
    .filter((person) => !person.isDisabled)
    .flatMap((person) => {
      const isApprover = person.roles.includes('approver')
      const own = reminders.filter((one) => isApprover || ownersOf.get(one.subject) === person.id)
      const isPressing = own.some(({ dueAt }) => dayjs.utc(dueAt).diff(today, 'day', true) <= soonDays)
      if (own.length === 0 || !(isPressing || today.day() === 1)) return []
      const overdue = own.filter(({ isOverdue }) => isOverdue).length
      return [
        {
          onceKey: `reminders ${person.id} ${today.format('YYYY-MM-DD')}`,
          channel: 'email' as const,
          recipientId: person.id,
          subject: `Oversight: ${own.length === 1 ? 'one thing waits' : `${own.length} things wait`} for you${overdue === 0 ? '' : `, ${overdue} overdue`}`,
          body: `${own.map(line).join('\n')}\n`,
          attachment: null,
        },
      ]
    })
}

function line({ what, dueAt, isOverdue }: Reminder): string {
  const day = dayjs.utc(dueAt).format('D MMM YYYY')
  return `- ${what} ${isOverdue ? `Overdue since ${day}.` : `Due ${day}.`}`
}
