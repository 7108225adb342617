import { metrics } from '../metrics.ts'
import { judgeMonths, type WarningSign } from './warning-sign.ts'

/** One closed month of one type: contacts in which the AI took part, and completed random reviews of such contacts. */
export interface ReviewedMonth {
  /** YYYY-MM */
  month: string
  aiContacts: number
  reviews: number
}

export interface ErrorRateUnknown {
  /** The months whose reviews are pooled. */
  months: readonly string[]
  aiContacts: number
  reviews: number
  /** A rate is shown from so many reviews on. */
  minimumReviews: number
}

/**
 * Nobody can know the error rate: the AI took part in the last month, and the reviews of the window are fewer than a rate
 * is shown from. Reviews are counted, not estimated, so it cannot be false; a type that is reviewed enough never shows it.
 */
export function errorRateUnknown(
  months: readonly ReviewedMonth[],
  windowMonths: number,
): WarningSign<ErrorRateUnknown> {
  const minimumReviews = metrics.ai_error_rate.minimumSample
  return judgeMonths(months, (until) => {
    const aiContacts = until.at(-1)?.aiContacts ?? 0
    if (aiContacts === 0) return null
    const window = until.slice(-windowMonths)
    const reviews = window.reduce((sum, month) => sum + month.reviews, 0)
    const evidence = { months: window.map(({ month }) => month), aiContacts, reviews, minimumReviews }
    return { isFired: reviews < minimumReviews, evidence }
  })
}
