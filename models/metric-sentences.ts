import type { MetricId } from './metrics.ts'

/**
 * What each metric of the catalogue says, in one sentence for somebody who has never seen it. Beside the catalogue, since
 * rewording a sentence makes no number another one.
 */
export const metricSentences: Readonly<Record<MetricId, string>> = {
  volume: 'How many customer contacts started in the month.',
  ai_share: 'In what share of all contacts the AI took part, alone or with a person who approved its answer.',
  automation_rate: 'What share of all contacts the AI answered with no person in between.',
  ai_error_rate: 'How often people who reviewed randomly drawn AI contacts found an error that counts.',
  expected_errors_per_day:
    'How many wrong answers a day reach customers if the AI errs as often as in the random reviews.',
  severity_graded: 'In what share of the errors found the reviewer said how serious it was.',
  critical_defects: 'How many reviewed AI contacts had a defect so serious that one is enough to stop.',
  escalation_rate: 'What share of AI contacts was handed over to a person.',
  unexpected_escalation_rate: 'What share of AI contacts was handed over although no written rule called for it.',
  repeat_contact_rate_24h: 'How often the same customer came back about the same issue within 24 hours.',
  repeat_contact_rate_48h: 'How often the same customer came back about the same issue within 48 hours.',
  repeat_contact_rate_7d: 'How often the same customer came back about the same issue within 7 days.',
  one_contact_chain_rate: 'What share of issues needed no second contact.',
  repeat_match_coverage:
    'For what share of contacts the customer is known, without which nobody can see them come back.',
  csat_satisfied_rate: 'What share of the customers who answered the survey was satisfied.',
  csat_bad_rate: 'What share of the customers who answered the survey was dissatisfied.',
  csat_mean: 'The average answer of the customers who answered the survey.',
  csat_response_rate: 'What share of the customers who were asked answered the survey.',
  qa_score: 'The average score that reviewers gave to randomly drawn AI contacts.',
  qa_coverage: 'What share of AI contacts somebody reviewed at random.',
  qa_completion: 'What share of the randomly drawn reviews was done.',
  qa_on_time_rate: 'What share of the randomly drawn reviews was done before it was due.',
  qa_oldest_open_days: 'How many days the longest waiting random review was open.',
  tone_defect_rate: 'In what share of the random reviews the answer had the wrong tone.',
  claimed_resolution_rate: 'What share of AI contacts the helpdesk calls resolved.',
  contained_resolution_rate: 'What share of AI contacts was resolved without any person working on it.',
  confirmed_resolution_rate: 'What share of AI contacts the customer confirmed to be resolved.',
  durable_resolution_rate:
    'What share of AI contacts was resolved, stayed resolved, and shows no sign of the contrary.',
  resolution_gap: 'What share of AI contacts is called resolved but did not hold.',
  unresolved_rate: 'What share of AI contacts the helpdesk itself calls unresolved.',
  failed_handoffs: 'How often a hand-over from the AI to a person went wrong.',
  human_minutes_per_100: 'How many minutes people worked on 100 contacts.',
  vip_contacts: 'How many contacts came from customers of the VIP tier.',
  distressed_contacts: 'How many contacts came from customers who were clearly upset.',
  trust_recovery_contacts: 'How many contacts came within 7 days after we failed the same customer.',
  automation_creep: 'In what share of contacts the AI acted alone although its level asked for a person.',
  judge_agreement: 'How often the automatic judge and the label of the review say the same.',
}
