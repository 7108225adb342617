import type { ListedContact } from '#models/contacts/list-counted-contacts.ts'
import type { CsvColumns } from '../../exports/table-csv.ts'

/** What the list says of each contact, under the names of the warehouse. */
export const contactCsvColumns: CsvColumns<ListedContact> = {
  source: (row) => row.source,
  interaction_id: (row) => row.interaction_id,
  url: (row) => row.url,
  interaction_type: (row) => row.interaction_type,
  started_at: (row) => (row.is_time_placeholder ? null : row.started_at),
  channel: (row) => row.channel,
  handled_by: (row) => row.handled_by,
  customer_tier: (row) => row.customer_tier,
  ai_version: (row) => row.ai_version,
  is_review_drawn: (row) => row.is_review_drawn,
  is_review_completed: (row) => row.is_review_completed,
  is_error: (row) => row.is_error,
  severity: (row) => row.severity,
  defect: (row) => row.defect,
  is_escalated: (row) => row.is_escalated,
  is_escalation_expected: (row) => row.is_escalation_expected,
  is_repeat_48h: (row) => row.is_repeat_48h,
  repeat_gap_seconds: (row) => row.repeat_gap_seconds,
  csat_scale: (row) => row.csat_scale,
  is_csat_answered: (row) => row.is_csat_answered,
  csat_score: (row) => row.csat_score,
}
