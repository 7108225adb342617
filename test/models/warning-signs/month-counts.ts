import { addMonths, parseMonth } from '#models/reporting-month.ts'

/** Months in a row, the last of them September 2026, each with what the function makes of its index. */
export function monthsOf<Rest>(count: number, make: (index: number) => Rest): (Rest & { month: string })[] {
  const last = parseMonth('2026-09')
  return Array.from({ length: count }, (_, index) => ({ month: addMonths(last, index - count + 1), ...make(index) }))
}
