import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import type { ReviewerAgreement } from '../quality/reviewer-agreement.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { getReviewerAgreement } from '../reviewers.server.ts'

/** Whether two reviewers agree, by type, as a file: the month and the two before. */
export const loader = guarded(readers, async ({ request }) => {
  const month = await requiredMonth(request)
  const { types, all } = await getReviewerAgreement(month)
  return csvResponse(tableCsv(columns, [...types, all]), `oversight-agreement-${month}.csv`)
})

const columns = {
  interaction_type: (row: ReviewerAgreement) => row.interactionType,
  pair_count: (row) => row.pairs,
  agreed_rate: (row) => row.agreed,
  ac1: (row) => row.ac1,
  ac1_lower: (row) => row.interval?.lower ?? null,
  ac1_upper: (row) => row.interval?.upper ?? null,
  error_count: (row) => row.errors,
  error_agreement_rate: (row) => row.positive,
  both_error_count: (row) => row.bothErrors,
} satisfies Parameters<typeof tableCsv<ReviewerAgreement>>[0]
