import { listReviews, type ReviewSummary } from '#governance/review/find-review.ts'
import { getCurrentPolicy } from '#governance/review/published-policy.ts'
import { monthEnd, parseMonth } from '#models/reporting-month.ts'
import { ledger } from './ledger.server.ts'
import { reportingMonths } from './reporting-months.server.ts'
import { reportingTimeZone } from './reporting-time-zone.server.ts'

/** A month with its review, or what stands in the way of one. */
export interface ReviewMonth {
  month: string
  /** null: never opened. */
  review: ReviewSummary | null
  isFinal: boolean
  /** When its numbers are final at the earliest. */
  finalAt: Date
  /** A later review was opened: old evidence moves no level any more. */
  isPast: boolean
}

const dayMilliseconds = 86_400_000

/** Every month of the data and every reviewed one, newest first. */
export async function listReviewMonths(): Promise<ReviewMonth[]> {
  const open = await ledger()
  const [reviews, months, timeZone] = [await listReviews(open), await reportingMonths(), await reportingTimeZone()]
  const { maturityDays } = await getCurrentPolicy(open.db)
  const reviewed = new Map(reviews.map((review) => [review.month, review]))
  const known = [...new Set([...months.map(({ month }) => month as string), ...reviewed.keys()])].sort().reverse()
  const newestReviewed = reviews[0]?.month ?? ''
  return known.map((month) => ({
    month,
    review: reviewed.get(month) ?? null,
    isFinal: months.find((candidate) => candidate.month === month)?.isFinal ?? false,
    finalAt: new Date(monthEnd(parseMonth(month), timeZone).getTime() + maturityDays * dayMilliseconds),
    isPast: !reviewed.has(month) && month < newestReviewed,
  }))
}
