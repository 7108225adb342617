import { metrics } from '#models/metrics.ts'
import { type Month, monthEnd } from '#models/reporting-month.ts'

const longest = Math.max(...Object.values(metrics).map((metric) => metric.maturityHours))

/** When nothing of the month can change any more: its end and the longest maturity of a metric. */
export function finalOn(month: Month, reportingTimeZone: string): Date {
  return new Date(monthEnd(month, reportingTimeZone).getTime() + longest * 3_600_000)
}
