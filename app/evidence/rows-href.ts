import type { ContactDetail } from '#models/contacts/contact-detail.ts'
import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import { type ComparisonKind, writeComparisonKind } from './comparison/comparison-kind.ts'
import { writeContactDetail } from './contact-detail-search.ts'
import { type EvidenceFilter, noFilter, writeEvidenceFilter } from './filter/evidence-filter.ts'

export interface RowsOf {
  /** null: every type. */
  interactionType: string | null
  month: string
  /** Months pooled, ending with the month; 1 unless given. */
  months?: number
  /** Days of the reporting time zone (YYYY-MM-DD, both included) instead: of daily and weekly numbers. */
  days?: { from: string; through: string }
  metric: MetricId
  cohort: Cohort
  scale?: CsatScale | null
  part: 'numerator' | 'denominator'
  /** Of which contacts the number is; all unless given. */
  filter?: EvidenceFilter
  /** Only those of them with this; all unless given. */
  detail?: ContactDetail
}

/** Where the rows behind a number are listed. */
export function rowsHref(rows: RowsOf): string {
  const search = new URLSearchParams({ month: rows.month, metric: rows.metric, cohort: rows.cohort, part: rows.part })
  if (rows.months !== undefined && rows.months > 1) search.set('months', String(rows.months))
  if (rows.scale) search.set('scale', rows.scale)
  writeContactDetail(search, rows.detail ?? {})
  if (rows.days !== undefined) {
    search.set('from', rows.days.from)
    search.set('through', rows.days.through)
  }
  const path =
    rows.interactionType === null ? '/overview/interactions' : `${typeHref(rows.interactionType)}/interactions`
  return `${path}?${writeEvidenceFilter(search, rows.filter ?? noFilter)}`
}

/** The page of a type, at a month when one is given; filter and comparison of the page before it are kept for the way back. */
export function typeHref(
  interactionType: string,
  month?: string,
  filter: EvidenceFilter = noFilter,
  comparison: ComparisonKind = 'previous',
): string {
  const path = `/types/${encodeURIComponent(interactionType)}`
  const compared = writeComparisonKind(new URLSearchParams(month === undefined ? {} : { month }), comparison)
  const search = writeEvidenceFilter(compared, filter)
  return search.size === 0 ? path : `${path}?${search}`
}
