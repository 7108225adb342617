import { z } from 'zod'
import { flag, instant, oneOf, real, text } from './field.ts'

/** Grain: one satisfaction survey offered. Natural key (source, response_id). */
export const csatResponse = z.object({
  source: text('System the survey comes from'),
  response_id: text('Identifier of the survey in that system'),
  updated_at: instant('When the source last changed the record; the later version wins').nullish(),
  is_deleted: flag('Tombstone: the source removed the record').nullish(),
  interaction_id: text('The contact that was surveyed, of the same source'),
  offered_at: instant('When the survey was sent'),
  responded_at: instant('When it was answered; absent without an answer').nullish(),
  scale: oneOf(['binary', 'three_point', 'five_point'], 'Answer scale; scales are never mixed'),
  score: real({ minimum: 0, maximum: 5 }, 'binary 0..1, three_point 1..3, five_point 1..5').nullish(),
})
