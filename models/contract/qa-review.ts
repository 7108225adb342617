import { z } from 'zod'
import { flag, instant, oneOf, positiveReal, real, text } from './field.ts'

export const defectClasses = [
  'hallucination',
  'policy_misapplication',
  'tone_mismatch',
  'incomplete_resolution',
  'other',
] as const
export type DefectClass = (typeof defectClasses)[number]

export const defectSeverities = ['minor', 'major', 'critical'] as const
export type DefectSeverity = (typeof defectSeverities)[number]

/** Grain: one review of one contact by one reviewer. Natural key (source, review_id). */
export const qaReview = z.object({
  source: text('System the review comes from'),
  review_id: text('Identifier of the review in that system'),
  updated_at: instant('When the source last changed the record; the later version wins').nullish(),
  is_deleted: flag('Tombstone: the source removed the record').nullish(),
  interaction_id: text('The contact that was reviewed, of the same source'),
  reviewer_id: text('Pseudonymous reviewer'),
  reviewer_kind: oneOf(
    ['human', 'judge', 'program'],
    'judge: a model; program: knows the truth and counts like a person',
  ),
  sampling: oneOf(['random', 'targeted'], 'Only random reviews estimate a rate'),
  stratum: text('Sampling stratum').nullish(),
  inclusion_probability: positiveReal(1, 'Chance that this contact was drawn, 0 exclusive to 1').nullish(),
  sampled_at: instant('When the contact was drawn'),
  due_at: instant('When the review is due').nullish(),
  reviewed_at: instant('When it was done; absent while open').nullish(),
  accuracy: real({ minimum: 0, maximum: 100 }, 'Accuracy, 0 to 100').nullish(),
  tone: real({ minimum: 0, maximum: 100 }, 'Tone, 0 to 100').nullish(),
  resolution: real({ minimum: 0, maximum: 100 }, 'Resolution, 0 to 100').nullish(),
  score: real({ minimum: 0, maximum: 100 }, 'Overall, 0 to 100; mean of the three unless given').nullish(),
  outcome: oneOf(['pass', 'fail'], 'Verdict; fail is an error').nullish(),
  defect: oneOf(defectClasses, 'Defect class').nullish(),
  severity: oneOf(defectSeverities, 'major and critical are errors when no outcome is given').nullish(),
  root_cause: text('Root cause code').nullish(),
  knowledge_id: text('Knowledge article involved').nullish(),
  is_adjudicated: flag('The settled label after disagreement').nullish(),
  calibration_session: text('Calibration session').nullish(),
})
