import { errorLimitOf } from '#governance/policy/error-limit.ts'
import { listConfidence } from '#models/confidence/list-confidence.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month } from '#models/reporting-month.ts'
import { type ConfidenceView, confidenceView } from './evidence/confidence/confidence-view.ts'
import { readMonthEvidence } from './month-evidence.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

export interface ConfidencePage {
  interactionType: string
  month: Month
  windowMonths: number
  /** Error limit of the type or its tier; null: none. */
  limit: number | null
  /** One per AI version, the one with the most contacts first; empty without AI contacts in the window. */
  versions: readonly ConfidenceView[]
}

/** Half a year of answers: a quarter of reviews is too few for ten bins, and older ones say little of today. */
const windowMonths = 6

/** What the AI said of its own confidence in the months up to this one. Throws not_found for an unknown type. */
export async function getConfidence(interactionType: string, month: Month, now: Date): Promise<ConfidencePage> {
  const { policy, standings, points, months } = await readMonthEvidence(month, now)
  const standing = standings.find((one) => one.interactionType === interactionType)
  if (standing === undefined && !months.some((one) => points.typesIn(one).includes(interactionType))) {
    throw new OversightError(
      'not_found',
      `No interaction type is called "${interactionType}". The overview lists all of them.`,
    )
  }
  const { db } = await currentWarehouse()
  const stated = await listConfidence(db, { from: addMonths(month, 1 - windowMonths), through: month, interactionType })
  const limit = errorLimitOf(policy, { interactionType, riskTier: standing?.riskTier ?? null })
  return {
    interactionType,
    month,
    windowMonths,
    limit,
    versions: stated.toSorted((a, b) => b.contacts - a.contacts).map((one) => confidenceView(one, limit)),
  }
}
