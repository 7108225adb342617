import { z } from 'zod'
import { flag, instant, oneOf, text } from './field.ts'

export const escalationReasons = [
  'low_confidence',
  'keyword',
  'negative_sentiment',
  'repeat_contact',
  'high_value',
  'policy_exception',
  'customer_request',
  'risk_topic',
  'trust_recovery',
  'novel',
  'failed_handoff',
  'other',
] as const

export type EscalationReason = (typeof escalationReasons)[number]

/** Grain: one hand-over from AI to a human. Natural key (source, escalation_id). */
export const escalation = z.object({
  source: text('System the escalation comes from'),
  escalation_id: text('Identifier of the escalation in that system'),
  updated_at: instant('When the source last changed the record; the later version wins').nullish(),
  is_deleted: flag('Tombstone: the source removed the record').nullish(),
  interaction_id: text('The contact that was escalated, of the same source'),
  escalated_at: instant('When the AI handed over'),
  reason: oneOf(escalationReasons, 'Why'),
  expected: flag('A written trigger called for it; absent means derive').nullish(),
  to_team: text('Team that received it').nullish(),
  has_summary: flag('A summary was handed over').nullish(),
  has_draft: flag('A draft was handed over').nullish(),
})
