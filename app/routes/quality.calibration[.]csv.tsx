import type { ReviewerLeniency } from '#models/statistics/reviewer-leniency.ts'
import { calibrators, guarded } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { getReviewerCalibration } from '../reviewers.server.ts'

/** Which reviewers find fewer or more errors than the others, as a file for those who calibrate. */
export const loader = guarded(calibrators, async ({ request }) => {
  const month = await requiredMonth(request)
  return csvResponse(tableCsv(columns, await getReviewerCalibration(month)), `oversight-calibration-${month}.csv`)
})

const columns = {
  reviewer: (row: ReviewerLeniency) => row.reviewer,
  review_count: (row) => row.reviews,
  error_count: (row) => row.defects,
  others_error_rate: (row) => row.othersShare,
  p_value: (row) => row.pValue,
  adjusted_p_value: (row) => row.adjustedP,
  is_flagged: (row) => row.isFlagged,
  direction: (row) => row.direction,
} satisfies Parameters<typeof tableCsv<ReviewerLeniency>>[0]
