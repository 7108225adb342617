import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import { isBelow } from '#governance/evaluate/levels.ts'
import { statedCeiling } from '#governance/evaluate/risk-class.ts'
import { errorLimitOf } from '#governance/policy/error-limit.ts'
import { listConfidence } from '#models/confidence/list-confidence.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month } from '#models/reporting-month.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { bandsNote, type ConfidenceView, confidenceView } from './evidence/confidence/confidence-view.ts'
import { type EvidenceFilter, filterWords } from './evidence/filter/evidence-filter.ts'
import { readMonthEvidence } from './month-evidence.server.ts'
import { oncePerState } from './once-per-state.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

export interface ConfidencePage {
  interactionType: string
  month: Month
  windowMonths: number
  /** Error limit of the type or its tier; null: none. */
  limit: number | null
  /** What the bands are, under their table. */
  bandsNote: string
  /** What a filter leaves out of the page; null without one. */
  filterNote: string | null
  /** One per AI version, the one with the most contacts first; empty without AI contacts in the window. */
  versions: readonly ConfidenceView[]
}

/** Half a year of answers: a quarter of reviews is too few for ten bins, and older ones say little of today. */
const windowMonths = 6

/**
 * What the AI said of its own confidence in the filtered contacts of the months up to this one. Throws not_found for an
 * unknown type.
 */
export function getConfidence(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  now: Date,
): Promise<ConfidencePage> {
  return oncePerState(['confidence', interactionType, month, JSON.stringify(filter)], now, () =>
    readConfidence(interactionType, month, filter, now),
  )
}

async function readConfidence(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  now: Date,
): Promise<ConfidencePage> {
  const { policy, standings, points, months } = await readMonthEvidence(month, now)
  const standing = standings.find((one) => one.interactionType === interactionType)
  if (standing === undefined && !months.some((one) => points.typesIn(one).includes(interactionType))) {
    throw new OversightError(
      'not_found',
      `No interaction type is called "${interactionType}". The overview lists all of them.`,
    )
  }
  const { db } = await currentWarehouse()
  const from = addMonths(month, 1 - windowMonths)
  const stated = await listConfidence(db, { from, through: month, interactionType, contacts: filter })
  const limit = errorLimitOf(policy, { interactionType, riskTier: standing?.riskTier ?? null })
  return {
    interactionType,
    month,
    windowMonths,
    limit,
    bandsNote: bandsNote(highestLevel(standing)),
    filterNote: filterNote(filter),
    versions: stated
      .toSorted((a, b) => b.contacts - a.contacts)
      .map((one) => confidenceView(one, isPartOfVersion(filter) ? 'part' : limit)),
  }
}

/** The lower of the type's own ceiling and that of the law; null: not registered. */
function highestLevel(standing: TypeStanding | undefined): OversightLevel | null {
  if (standing === undefined || standing.ceiling === null) return null
  const byLaw = statedCeiling(standing.stated)
  return isBelow(byLaw, standing.ceiling) ? byLaw : standing.ceiling
}

/** A threshold with a guarantee is sought over whole versions: else a filter would be a way to find a passing part. */
function isPartOfVersion({ channel, customerTier }: EvidenceFilter): boolean {
  return channel !== null || customerTier !== null
}

function filterNote(filter: EvidenceFilter): string | null {
  const words = filterWords(filter)
  if (words === '') return null
  const said = `Numbers and charts are of ${words} only`
  return isPartOfVersion(filter)
    ? `${said}. Where the AI may act alone is a question to all contacts of a version, so no threshold is sought.`
    : `${said}.`
}
