import type { z } from 'zod'
import { changeEvent } from './change-event.ts'
import { csatResponse } from './csat-response.ts'
import { escalation } from './escalation.ts'
import { interaction } from './interaction.ts'
import { qaReview } from './qa-review.ts'
import { samplingFrame } from './sampling-frame.ts'

/** The contract: every entity with its table, natural key, and the rules between two of its own columns. */
export const entities = {
  interactions: {
    schema: interaction,
    key: 'interaction_id',
    orderedInstants: [['started_at', 'ended_at']],
    parent: null,
  },
  escalations: { schema: escalation, key: 'escalation_id', orderedInstants: [], parent: 'interactions' },
  qa_reviews: {
    schema: qaReview,
    key: 'review_id',
    orderedInstants: [['sampled_at', 'reviewed_at']],
    parent: 'interactions',
  },
  csat_responses: {
    schema: csatResponse,
    key: 'response_id',
    orderedInstants: [['offered_at', 'responded_at']],
    parent: 'interactions',
  },
  change_events: { schema: changeEvent, key: 'change_id', orderedInstants: [], parent: null },
  sampling_frames: { schema: samplingFrame, key: 'frame_id', orderedInstants: [], parent: null },
} as const satisfies Record<string, EntityDefinition>

export interface EntityDefinition {
  schema: z.ZodObject
  /** Second half of the natural key (source, key). */
  key: string
  /** Pairs (earlier, later) of instant columns that must not run backwards. */
  orderedInstants: readonly (readonly [string, string])[]
  /** A row whose interaction never arrives is an orphan. */
  parent: 'interactions' | null
}

export type EntityName = keyof typeof entities
export const entityNames = Object.keys(entities) as EntityName[]
