import type { EscalationReason } from '#models/contract/escalation.ts'
import type { DefectClass } from '#models/contract/qa-review.ts'

export const defectWords: Readonly<Record<DefectClass | 'none', string>> = {
  hallucination: 'hallucination',
  policy_misapplication: 'policy misapplication',
  tone_mismatch: 'tone mismatch',
  incomplete_resolution: 'incomplete resolution',
  other: 'another defect',
  none: 'no class stated',
}

/** As they stand in a sentence after "for". */
export const reasonWords: Readonly<Record<EscalationReason, string>> = {
  low_confidence: 'low confidence',
  keyword: 'a keyword',
  negative_sentiment: 'negative sentiment',
  repeat_contact: 'repeat contact',
  high_value: 'high value',
  policy_exception: 'a policy exception',
  customer_request: 'the customer asking for a person',
  risk_topic: 'a risk topic',
  trust_recovery: 'trust recovery',
  novel: 'something new',
  failed_handoff: 'a failed hand-over',
  other: 'another reason',
}

/** For the beginning of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
