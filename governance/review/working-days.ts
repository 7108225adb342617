/** The same time so many working days later; Saturdays and Sundays (UTC) do not count. */
export function workingDaysLater(instant: Date, days: number): Date {
  const later = new Date(instant)
  for (let left = days; left > 0; ) {
    later.setUTCDate(later.getUTCDate() + 1)
    if (later.getUTCDay() !== 0 && later.getUTCDay() !== 6) left -= 1
  }
  return later
}
