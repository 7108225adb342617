/** One month of a series as a chart shows it. */
export interface MonthPoint {
  month: string
  /** null: not measured, or too few to show a rate. */
  value: number | null
  lower: number | null
  upper: number | null
  isProvisional: boolean
  /** What the point says: month, value, interval, count. */
  text: string
  /** The rows behind the point. */
  href: string | null
}
