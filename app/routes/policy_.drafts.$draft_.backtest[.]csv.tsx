import type { BackTestRow } from '#governance/policy/back-test.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { backTestDraft, getDraft } from '../policy-draft.server.ts'

/** Every month and type of the back-test of a draft as a file. */
export const loader = guarded(readers, async ({ params }) => {
  const found = await getDraft(params.draft ?? '')
  const rows = await backTestDraft(found)
  return csvResponse(tableCsv(columns, rows), `oversight-policy-${found.draft.policy.version}-backtest.csv`)
})

const columns = {
  evidence_month: (row: BackTestRow) => row.month,
  interaction_type: (row) => row.interactionType,
  level_in_force: (row) => row.level,
  recommendation_in_force: (row) => row.before,
  recommendation_of_draft: (row) => row.after,
  is_different: (row) => row.before !== row.after,
  first_reason_of_draft: (row) => row.reason,
} satisfies Parameters<typeof tableCsv<BackTestRow>>[0]
