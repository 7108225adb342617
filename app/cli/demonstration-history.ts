import type { Kysely } from 'kysely'
import { instantAt, type SampleSize } from '#etl/sample/plan-months.ts'
import { graduatesAt, graduatingType } from '#etl/sample/stories.ts'
import {
  type DemonstrationChoice,
  decideDemonstrationMonth,
} from '#governance/demonstration/decide-demonstration-month.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { addMonths, type Month, monthEnd } from '#models/reporting-month.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { openMonthlyReview } from '../review-evidence.ts'

const day = 86_400_000
/** From the opening of a review to the first signature. */
const daysToSign = 2

/** A review that the scripted people of a demonstration held before its newest month. */
export interface DemonstrationReview {
  month: Month
  opensAt: Date
  /** The last one before the AI answers the graduating type alone: it is expanded here, if the rules allow it. */
  isGraduation: boolean
}

/**
 * The reviews of a demonstration, oldest first: every fifth month, as decisions hold six, and the last one before the
 * newest month, so that no decision has lapsed when somebody comes to look. Not every month, because each signature
 * costs its time. The newest month is left to whoever looks.
 */
export function demonstrationReviews(size: SampleSize): DemonstrationReview[] {
  const { until, months } = size
  const { maturityDays } = defaultPolicy
  const reviews = Array.from({ length: Math.max(0, months - 1) }, (_, index) => index)
    .filter((index) => index === months - 2 || index % 5 === 3)
    .map((index) => {
      const month = addMonths(until, index + 1 - months)
      return { month, opensAt: new Date(monthEnd(month, 'UTC').getTime() + (maturityDays + 1) * day) }
    })
  const graduates = instantAt(graduatesAt, size).getTime()
  const graduation = reviews.filter(({ opensAt }) => opensAt.getTime() + (daysToSign + 1) * day < graduates).at(-1)
  return reviews.map((review) => ({ ...review, isGraduation: review === graduation }))
}

/** Opens, decides and closes the review: every level is kept as it is, but for the type that graduates. */
export async function holdDemonstrationReview(input: {
  ledger: Ledger
  warehouse: Kysely<WarehouseSchema>
  review: DemonstrationReview
  newId: () => string
}): Promise<void> {
  const { ledger, warehouse, newId } = input
  const { month, opensAt, isGraduation } = input.review
  await openMonthlyReview({ ledger, warehouse, month, by: 'system' }, { now: opensAt, newId })
  const from = new Date(opensAt.getTime() + daysToSign * day)
  const choose: DemonstrationChoice = ({ interactionType, evidence }) =>
    isGraduation && interactionType === graduatingType && evidence?.evaluation.recommendation === 'expand'
      ? 'expand'
      : 'keep'
  await decideDemonstrationMonth(ledger, { month, from, newId, choose })
}
