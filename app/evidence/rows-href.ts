import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'

export interface RowsOf {
  /** null: every type. */
  interactionType: string | null
  month: string
  /** Months pooled, ending with the month; 1 unless given. */
  months?: number
  metric: MetricId
  cohort: Cohort
  scale?: CsatScale | null
  part: 'numerator' | 'denominator'
}

/** Where the rows behind a number are listed. */
export function rowsHref(rows: RowsOf): string {
  const search = new URLSearchParams({ month: rows.month, metric: rows.metric, cohort: rows.cohort, part: rows.part })
  if (rows.months !== undefined && rows.months > 1) search.set('months', String(rows.months))
  if (rows.scale) search.set('scale', rows.scale)
  const path =
    rows.interactionType === null ? '/overview/interactions' : `${typeHref(rows.interactionType)}/interactions`
  return `${path}?${search}`
}

/** The page of a type, at a month when one is given. */
export function typeHref(interactionType: string, month?: string): string {
  const path = `/types/${encodeURIComponent(interactionType)}`
  return month === undefined ? path : `${path}?month=${month}`
}
