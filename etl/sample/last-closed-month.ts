import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month, monthEnd, monthOf } from '#models/reporting-month.ts'

/** A month is closed seven days after its end, when late reviews and repeat contacts are in. */
const closingMilliseconds = 7 * 24 * 3600 * 1000

/** The newest closed month at an instant. The reporting time zone of demonstration data is UTC. */
export function lastClosedMonth(now: Date): Month {
  return addMonths(monthOf(new Date(now.getTime() - closingMilliseconds), 'UTC'), -1)
}

/** When the month's numbers no longer change. */
export function closesAt(month: Month): Date {
  return new Date(monthEnd(month, 'UTC').getTime() + closingMilliseconds)
}

/** Throws bad_input for a month that is not closed yet: its sample would hold events of the future. */
export function checkClosed(month: Month, now: Date): void {
  const closedAt = closesAt(month)
  if (closedAt > now) {
    throw new OversightError(
      'bad_input',
      `--until ${month}: the month is closed on ${closedAt.toISOString().slice(0, 10)}. Use ${lastClosedMonth(now)} or earlier.`,
    )
  }
}
