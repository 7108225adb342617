import type { CountColumn } from '../daily/counted-contacts.ts'
import type { Cohort, MetricId } from '../metrics.ts'
import type { ContactsTable } from '../warehouse/warehouse-schema.ts'
import type { SumOnlyColumn } from './month-counts.ts'

export type HandledBy = ContactsTable['handled_by']

/** What is estimated of random reviews: the share with an error or a wrong tone (0..1), or the mean score (points). */
export type ReviewedProperty = 'error' | 'tone_defect' | 'score'

/** Contacts counted by one side of a metric. */
export interface MetricPart {
  count: CountColumn
  /** Counted by `count` but left out here. */
  without?: CountColumn
  /** Narrows the cohort further. */
  handledBy?: readonly HandledBy[]
}

export interface MetricParts {
  /** Cohorts for which the metric is computed. */
  cohorts: readonly Cohort[]
  /** CSAT: one number per answer scale. */
  isPerScale: boolean
  numerator: MetricPart
  /** null for plain counts. */
  denominator: MetricPart | null
  /** Means: the value is the sum over the denominator's contacts. */
  mean: {
    sum: SumOnlyColumn
    /** What a stored sum is divided by to be in the unit of the metric: they are kept in hundredths. */
    sumUnits: number
    /** Kept in ten-thousandths. */
    squares: SumOnlyColumn | null
  } | null
  /** Rates that are stated as so many a day: the rate times these contacts a day. */
  perDayOf?: MetricPart
  /** What of random reviews it is an estimate of: weighted by stratum where these were drawn at different rates. */
  reviewed?: ReviewedProperty
  /** The value is an age in days that the daily counts do not hold: it comes beside them. */
  isOldestOpenReview?: boolean
}

export const cohortHandlers: { [C in Cohort]: readonly HandledBy[] | null } = {
  all: null,
  ai: ['ai'],
  ai_assisted: ['ai_assisted'],
  ai_participated: ['ai', 'ai_assisted'],
  human: ['human'],
}

const ai = ['ai_participated'] as const
const aiOrHuman = ['ai_participated', 'human'] as const
const allAndAi = ['all', 'ai_participated'] as const
const aiAndAlone = ['ai_participated', 'ai'] as const
const everybody = ['all', 'ai_participated', 'human'] as const

/** What each metric of the catalogue is made of. Daily counts, months and the lists behind numbers all read this. */
export const metricParts: { [M in MetricId]: MetricParts } = {
  volume: count('contact_count', ['all', 'ai', 'ai_assisted', 'ai_participated', 'human']),
  ai_share: rate({ count: 'contact_count', handledBy: ['ai', 'ai_assisted'] }, 'contact_count', ['all']),
  automation_rate: rate({ count: 'contact_count', handledBy: ['ai'] }, 'contact_count', ['all']),
  ai_error_rate: {
    ...rate('error_count', 'random_reviewed_count', ['ai_participated', 'ai', 'ai_assisted']),
    reviewed: 'error',
  },
  expected_errors_per_day: {
    ...rate('error_count', 'random_reviewed_count', ['ai']),
    perDayOf: { count: 'contact_count' },
    reviewed: 'error',
  },
  severity_graded: rate('error_graded_count', 'error_count', ai),
  critical_defects: count('critical_defect_count', ai),
  escalation_rate: rate('escalated_count', 'contact_count', ai),
  unexpected_escalation_rate: rate(
    'unexpected_escalated_count',
    { count: 'contact_count', without: 'unknown_escalated_count' },
    ai,
  ),
  repeat_contact_rate_24h: rate('repeat_24h_count', 'mature_24h_count', everybody),
  repeat_contact_rate_48h: rate('repeat_48h_count', 'mature_48h_count', everybody),
  repeat_contact_rate_7d: rate('repeat_7d_count', 'mature_7d_count', everybody),
  one_contact_chain_rate: rate('single_chain_count', 'chain_count', everybody),
  repeat_match_coverage: rate('repeat_eligible_count', 'repeat_demand_count', everybody),
  csat_satisfied_rate: perScale(rate('csat_satisfied_count', 'csat_answered_count', aiOrHuman)),
  csat_bad_rate: perScale(rate('csat_bad_count', 'csat_answered_count', aiOrHuman)),
  csat_mean: perScale({
    ...rate('csat_answered_count', 'csat_answered_count', aiOrHuman),
    mean: { sum: 'csat_score_centi_sum', sumUnits: 100, squares: 'csat_score_centi_square_sum' },
  }),
  csat_response_rate: perScale(rate('csat_answered_count', 'csat_offered_count', aiOrHuman)),
  qa_score: {
    ...rate('qa_scored_count', 'qa_scored_count', ai),
    mean: { sum: 'qa_score_centi_sum', sumUnits: 100, squares: 'qa_score_centi_square_sum' },
    reviewed: 'score',
  },
  qa_coverage: rate('random_reviewed_count', 'contact_count', ai),
  qa_completion: rate('review_completed_count', 'review_drawn_count', ai),
  qa_on_time_rate: rate('review_on_time_count', 'review_due_count', ai),
  qa_oldest_open_days: { ...rate('review_open_count', 'review_open_count', ai), isOldestOpenReview: true },
  tone_defect_rate: { ...rate('defect_tone_mismatch_count', 'random_reviewed_count', ai), reviewed: 'tone_defect' },
  claimed_resolution_rate: rate('claimed_resolved_count', 'resolution_judged_count', aiAndAlone),
  contained_resolution_rate: rate('contained_count', 'resolution_judged_count', aiAndAlone),
  confirmed_resolution_rate: rate('confirmed_count', 'resolution_judged_count', aiAndAlone),
  durable_resolution_rate: rate('durable_count', 'resolution_judged_count', aiAndAlone),
  resolution_gap: rate('claim_broken_count', 'resolution_judged_count', aiAndAlone),
  unresolved_rate: rate('unresolved_count', 'claim_given_count', ai),
  failed_handoffs: count('failed_handoff_count', ai),
  human_minutes_per_100: {
    ...rate('human_timed_count', 'human_timed_count', everybody),
    mean: { sum: 'human_centisecond_sum', sumUnits: 6000, squares: null },
  },
  vip_contacts: count('vip_count', allAndAi),
  distressed_contacts: count('distressed_count', allAndAi),
  trust_recovery_contacts: count('trust_recovery_count', allAndAi),
  automation_creep: rate('creep_count', 'levelled_count', ['all']),
  judge_agreement: rate('judge_agreeing_count', 'judged_count', ai),
}

function count(numerator: CountColumn, cohorts: readonly Cohort[]): MetricParts {
  return { cohorts, isPerScale: false, numerator: { count: numerator }, denominator: null, mean: null }
}

function rate(
  numerator: CountColumn | MetricPart,
  denominator: CountColumn | MetricPart,
  cohorts: readonly Cohort[],
): MetricParts {
  const part = (each: CountColumn | MetricPart) => (typeof each === 'string' ? { count: each } : each)
  return { cohorts, isPerScale: false, numerator: part(numerator), denominator: part(denominator), mean: null }
}

function perScale(parts: MetricParts): MetricParts {
  return { ...parts, isPerScale: true }
}
