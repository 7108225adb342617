import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { listReviewMonths, type ReviewMonth } from '../review-months.server.ts'

/** The months with their reviews as a file. */
export const loader = guarded(readers, async () =>
  csvResponse(tableCsv(columns, await listReviewMonths()), 'oversight-reviews.csv'),
)

const columns = {
  month: (row: ReviewMonth) => row.month,
  is_final: (row) => row.isFinal,
  final_at: (row) => row.finalAt,
  review_state: (row) => row.review?.state ?? null,
  policy_version: (row) => row.review?.policyVersion ?? null,
  type_count: (row) => row.review?.typeCount ?? null,
  decided_count: (row) => row.review?.decidedCount ?? null,
  opened_at: (row) => row.review?.openedAt ?? null,
  due_at: (row) => row.review?.dueAt ?? null,
  closed_at: (row) => row.review?.closedAt ?? null,
} satisfies Parameters<typeof tableCsv<ReviewMonth>>[0]
