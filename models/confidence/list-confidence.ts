import type { Kysely } from 'kysely'
import type { JudgedAnswer } from '../statistics/reliability-bins.ts'
import { wilsonLimits } from '../statistics/wilson.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ConfidenceBand, confidenceBands } from './confidence-band.ts'
import { type BandCount, type ConfidenceWindow, listBandCounts } from './list-band-counts.ts'
import { type BandReview, type JudgedAnswers, listJudgedAnswers } from './list-judged-answers.ts'

interface BandSummary {
  band: ConfidenceBand
  contacts: number
  /** Of the contacts that state a confidence; null when none does. */
  share: number | null
  /**
   * Random reviews in the band, errors among them, and the error rate with its 95 % interval; null without a review. The
   * rate is weighted where reviews were drawn at different rates, and then no quotient of the two counts.
   */
  reviewed: number
  errors: number
  errorRate: number | null
  lower: number | null
  upper: number | null
}

/** What one type's AI version said of its own confidence in the months asked for. */
export interface StatedConfidence {
  interactionType: string
  aiVersion: string
  /** AI-participated contacts, and those among them with a number, with a vendor's band only, and with neither. */
  contacts: number
  withNumber: number
  withVendorBand: number
  withoutConfidence: number
  /** Always all three, from human-led to alone; a vendor's low, medium and high count as these. */
  bands: readonly BandSummary[]
  /** For calibrationReport and autonomyThreshold: random reviews of contacts with a number, by confidence. */
  answers: readonly JudgedAnswer[]
}

/**
 * Stated confidence of the AI-participated contacts of the months from..through, per type and AI version, by name. A type
 * without AI in these months is not listed. Versions are never mixed: a change of the model voids what was learned.
 */
export async function listConfidence(
  db: Kysely<WarehouseSchema>,
  window: ConfidenceWindow,
): Promise<StatedConfidence[]> {
  const [counts, judged] = await Promise.all([listBandCounts(db, window), listJudgedAnswers(db, window)])
  const key = (one: { interactionType: string; aiVersion: string }) =>
    JSON.stringify([one.interactionType, one.aiVersion])
  const judgedOf = new Map(judged.map((one) => [key(one), one]))
  const groups = new Map<string, BandCount[]>()
  for (const count of counts) groups.set(key(count), [...(groups.get(key(count)) ?? []), count])
  return [...groups].flatMap(([name, own]) => summarise(own, judgedOf.get(name)))
}

function summarise(counts: readonly BandCount[], judged: JudgedAnswers | undefined): StatedConfidence[] {
  const [first] = counts
  if (first === undefined) return []
  const sum = (of: 'contacts' | 'reviewed' | 'errors', where: (count: BandCount) => boolean) =>
    counts.filter(where).reduce((total, count) => total + count[of], 0)
  const stated = sum('contacts', ({ band }) => band !== null)
  return [
    {
      interactionType: first.interactionType,
      aiVersion: first.aiVersion,
      contacts: sum('contacts', () => true),
      withNumber: sum('contacts', (count) => count.stated === 'number'),
      withVendorBand: sum('contacts', (count) => count.stated === 'vendor_band'),
      withoutConfidence: sum('contacts', (count) => count.stated === 'nothing'),
      bands: confidenceBands.map((band) => {
        const [contacts, reviewed, errors] = (['contacts', 'reviewed', 'errors'] as const).map((of) =>
          sum(of, (count) => count.band === band),
        ) as [number, number, number]
        return {
          band,
          contacts,
          share: stated === 0 ? null : contacts / stated,
          reviewed,
          errors,
          ...errorRateOf(judged?.reviews.filter((review) => review.band === band) ?? []),
        }
      }),
      answers: judged?.answers ?? [],
    },
  ]
}

/** Weighted, with Wilson limits of so many equally weighted reviews (Kish), as the accuracy of a reliability bin. */
function errorRateOf(reviews: readonly BandReview[]): Pick<BandSummary, 'errorRate' | 'lower' | 'upper'> {
  if (reviews.length === 0) return { errorRate: null, lower: null, upper: null }
  const sum = (of: (weight: number, review: BandReview) => number) =>
    reviews.reduce((total, review) => total + of(review.weight ?? 1, review), 0)
  const weight = sum((own) => own)
  const errorRate = sum((own, { isCorrect }) => (isCorrect ? 0 : own)) / weight
  return { errorRate, ...wilsonLimits(errorRate, weight ** 2 / sum((own) => own ** 2), 0.95) }
}
