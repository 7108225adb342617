import { type EscalationReasonCount, listEscalationReasons } from '#models/escalations/list-escalation-reasons.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { currentWarehouse } from '../warehouse.server.ts'

/** Escalations by reason and type as a file: every type, not only those where a reason is most frequent. */
export const loader = guarded(readers, async ({ request }) => {
  const month = await requiredMonth(request)
  const counts = await listEscalationReasons(await currentWarehouse(), { month })
  return csvResponse(tableCsv(columns, counts), `oversight-escalation-reasons-${month}.csv`)
})

const columns = {
  reason: (row: EscalationReasonCount) => row.reason,
  interaction_type: (row) => row.interactionType,
  contact_count: (row) => row.contactCount,
  expected_count: (row) => row.expected,
  unexpected_count: (row) => row.unexpected,
  unknown_count: (row) => row.unknown,
} satisfies Parameters<typeof tableCsv<EscalationReasonCount>>[0]
