import type { Kysely } from 'kysely'
import { labelledContacts } from '../contacts/labelled-contacts.ts'
import { monthOfDay } from '../monthly/list-months.ts'
import { listDesignWeights } from '../sampling/list-design-weights.ts'
import { noStratum, randomDraws } from '../sampling/list-strata.ts'
import type { JudgedAnswer } from '../statistics/reliability-bins.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { ConfidenceBand } from './confidence-band.ts'
import { bandOf, type ConfidenceWindow, isJudged, statedContacts } from './list-band-counts.ts'

/** A random review of a contact whose band is known, by number or by the vendor. */
export interface BandReview extends Pick<JudgedAnswer, 'isCorrect' | 'weight'> {
  band: ConfidenceBand
}

/** The judged answers of one type and AI version. */
export interface JudgedAnswers {
  interactionType: string
  aiVersion: string
  /** Of contacts that state a number. */
  answers: readonly JudgedAnswer[]
  /** Of these, and of those of which the vendor gives the band only. */
  reviews: readonly BandReview[]
}

/**
 * Every AI-participated contact with a stated confidence and a label from a random review, by type and AI version; answers
 * by confidence. Reviews that were drawn at different rates carry their design weights, as in the gate on errors.
 */
export async function listJudgedAnswers(
  db: Kysely<WarehouseSchema>,
  window: ConfidenceWindow,
): Promise<JudgedAnswers[]> {
  const weightOf = await listDesignWeights(db, window)
  const rows = await statedContacts(db, await labelledContacts(db, window), window)
    .innerJoin(randomDraws(db).as('draw'), (join) =>
      join.onRef('draw.source', '=', 'contacts.source').onRef('draw.interaction_id', '=', 'contacts.interaction_id'),
    )
    .where((eb) => isJudged(eb))
    .where((eb) => eb(bandOf(eb), 'is not', null))
    .select([
      'contacts.interaction_type',
      'contacts.ai_version',
      'contacts.contact_month',
      'draw.stratum',
      'interactions.ai_confidence as confidence',
      'contacts.is_error',
    ])
    .select((eb) => bandOf(eb).as('band'))
    .orderBy('contacts.interaction_type')
    .orderBy('contacts.ai_version')
    .orderBy('interactions.ai_confidence')
    .orderBy('contacts.is_error')
    .execute()
  const groups = new Map<string, JudgedAnswers & { answers: JudgedAnswer[]; reviews: BandReview[] }>()
  for (const { interaction_type: interactionType, ai_version: aiVersion, ...row } of rows) {
    const key = JSON.stringify([interactionType, aiVersion])
    const weight = weightOf({
      month: monthOfDay(row.contact_month),
      interactionType,
      stratum: row.stratum ?? noStratum,
    })
    const group = groups.get(key) ?? { interactionType, aiVersion, answers: [], reviews: [] }
    const judged = { isCorrect: row.is_error === false, ...(weight === undefined ? {} : { weight }) }
    group.reviews.push({ band: row.band as ConfidenceBand, ...judged })
    if (row.confidence !== null) group.answers.push({ confidence: row.confidence, ...judged })
    groups.set(key, group)
  }
  return [...groups.values()]
}
