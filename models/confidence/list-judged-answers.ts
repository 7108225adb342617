import type { Kysely } from 'kysely'
import type { JudgedAnswer } from '../statistics/reliability-bins.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { type ConfidenceWindow, isJudged, statedContacts } from './list-band-counts.ts'

/** The judged answers of one type and AI version. */
export interface JudgedAnswers {
  interactionType: string
  aiVersion: string
  answers: readonly JudgedAnswer[]
}

/**
 * Every AI-participated contact with a stated confidence (a number) and a label from a random review, by type and AI
 * version; answers by confidence. Random reviews of a type count as one stratum, as in the gate on errors.
 */
export async function listJudgedAnswers(
  db: Kysely<WarehouseSchema>,
  window: ConfidenceWindow,
): Promise<JudgedAnswers[]> {
  const rows = await statedContacts(db, window)
    .where((eb) => isJudged(eb))
    .where('interactions.ai_confidence', 'is not', null)
    .select([
      'contacts.interaction_type',
      'contacts.ai_version',
      'interactions.ai_confidence as confidence',
      'contacts.is_error',
    ])
    .orderBy('contacts.interaction_type')
    .orderBy('contacts.ai_version')
    .orderBy('interactions.ai_confidence')
    .orderBy('contacts.is_error')
    .execute()
  const groups = new Map<string, { interactionType: string; aiVersion: string; answers: JudgedAnswer[] }>()
  for (const { interaction_type: interactionType, ai_version: aiVersion, confidence, is_error } of rows) {
    const key = JSON.stringify([interactionType, aiVersion])
    const group = groups.get(key) ?? { interactionType, aiVersion, answers: [] }
    group.answers.push({ confidence: confidence ?? 0, isCorrect: is_error === false })
    groups.set(key, group)
  }
  return [...groups.values()]
}
