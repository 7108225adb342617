import dayjs from 'dayjs'
import { addMonths, type Month } from '#models/reporting-month.ts'

const weekCount = 13

/** The Mondays of the first and the last of the thirteen whole weeks that end in the month. */
export function stripWeeks(month: Month): { from: string; through: string } {
  const lastDay = dayjs.utc(`${addMonths(month, 1)}-01`).subtract(1, 'day')
  // Sunday is 0: the week that ends on or before the last day.
  const monday = lastDay.subtract(lastDay.day(), 'day').subtract(6, 'day')
  return {
    from: monday.subtract(weekCount - 1, 'week').format('YYYY-MM-DD'),
    through: monday.format('YYYY-MM-DD'),
  }
}

/** Monday to Sunday of the week that begins on this Monday, both included. */
export function weekDays(monday: string): { from: string; through: string } {
  return { from: monday, through: dayjs.utc(monday).add(6, 'day').format('YYYY-MM-DD') }
}
