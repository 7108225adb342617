/**
 * The metric catalogue. Pages, exports, docs, policy and tests read labels, units, direction and definitions here
 * and nowhere else. A change of meaning raises `definitionVersion`.
 */
export type MetricUnit = 'share' | 'count' | 'points' | 'per_day'

export interface MetricDefinition {
  label: string
  unit: MetricUnit
  /** Which way is good; none where the number alone says nothing. */
  better: 'higher' | 'lower' | 'none'
  numerator: string
  denominator: string
  /** How the two-sided 95 % interval is made; none for a census that is only described. */
  interval: 'wilson' | 't' | 'none'
  /** Hours after the contact until the number can no longer change. */
  maturityHours: number
  /** Below this denominator the point estimate is not shown (NCHS publication rule). */
  minimumSample: number
  definitionVersion: number
  /** Why it is defined so, with the reading that was rejected. */
  why: string
}

export const metrics = {
  volume: {
    label: 'Contacts',
    unit: 'count',
    better: 'none',
    numerator: 'contacts that started in the month',
    denominator: 'none',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 0,
    definitionVersion: 1,
    why: 'Test traffic is loaded but never counted. Rejected: counting messages, which rewards short answers.',
  },
  ai_share: {
    label: 'AI took part',
    unit: 'share',
    better: 'none',
    numerator: 'contacts handled by ai or ai_assisted',
    denominator: 'all contacts',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'A census, so no interval. Rejected: leaving out rejected drafts; a rejected draft is still the AI taking part.',
  },
  automation_rate: {
    label: 'Sent without approval',
    unit: 'share',
    better: 'none',
    numerator: 'contacts handled by ai alone',
    denominator: 'all contacts',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'What reached customers with nobody in between. Rejected: counting claimed resolutions as automation.',
  },
  ai_error_rate: {
    label: 'AI error rate',
    unit: 'share',
    better: 'lower',
    numerator: 'reviewed contacts with an error',
    denominator: 'contacts with a completed random review, AI alone and assisted together',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'Random reviews only: targeted ones look where errors are expected. Rejected: all reviews, which overstates the rate.',
  },
  critical_defects: {
    label: 'Critical defects',
    unit: 'count',
    better: 'lower',
    numerator: 'reviewed AI contacts with a critical defect, any sampling',
    denominator: 'none',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 0,
    definitionVersion: 1,
    why: 'A list, not a rate: one is enough to stop. Rejected: a critical rate, which dilutes it with volume.',
  },
  escalation_rate: {
    label: 'Escalation rate',
    unit: 'share',
    better: 'none',
    numerator: 'AI contacts with at least one escalation',
    denominator: 'AI contacts',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Conversations, not calls: one looping agent called the transfer tool 463 times in 28 conversations.',
  },
  unexpected_escalation_rate: {
    label: 'Unexpected escalation',
    unit: 'share',
    better: 'lower',
    numerator: 'AI contacts escalated although no written trigger called for it',
    denominator: 'AI contacts whose escalation, if any, is known to be expected or not',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Expected hand-overs are the design working. Rejected: counting unknown ones as unexpected.',
  },
  repeat_contact_rate_24h: {
    label: 'Repeat contact, 24 h',
    unit: 'share',
    better: 'lower',
    numerator: 'mature contacts followed by the same customer about the same issue within 24 h of their end',
    denominator: 'mature inbound contacts, not excluded, customer known',
    interval: 'wilson',
    maturityHours: 24,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Counted against the earlier contact. Rejected: counting immature contacts as no repeat, which flatters the newest month.',
  },
  repeat_contact_rate_48h: {
    label: 'Repeat contact, 48 h',
    unit: 'share',
    better: 'lower',
    numerator: 'mature contacts followed by the same customer about the same issue within 48 h of their end',
    denominator: 'mature inbound contacts, not excluded, customer known',
    interval: 'wilson',
    maturityHours: 48,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'The window of the gate. The boundary is inside: 48:00:00 repeats, 48:00:01 does not.',
  },
  repeat_match_coverage: {
    label: 'Customer known',
    unit: 'share',
    better: 'higher',
    numerator: 'inbound contacts, not excluded, with a known customer',
    denominator: 'inbound contacts, not excluded',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Repeat contact can only be seen where the customer is known, so the share is always shown beside it.',
  },
  csat_satisfied_rate: {
    label: 'CSAT',
    unit: 'share',
    better: 'higher',
    numerator: 'answers of 4 or 5 of five, 3 of three, or good of two',
    denominator: 'answered surveys of one scale',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'One scale at a time, AI and human apart. Rejected: averaging scales.',
  },
  csat_mean: {
    label: 'CSAT mean',
    unit: 'points',
    better: 'higher',
    numerator: 'sum of scores',
    denominator: 'answered surveys of one scale',
    interval: 't',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'For readers used to a mean; the gate uses the satisfied share.',
  },
  csat_response_rate: {
    label: 'CSAT answered',
    unit: 'share',
    better: 'higher',
    numerator: 'answered surveys',
    denominator: 'offered surveys',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Who did not answer can move CSAT more than who did, so the share stands beside it.',
  },
  qa_score: {
    label: 'QA score',
    unit: 'points',
    better: 'higher',
    numerator: 'sum of review scores',
    denominator: 'contacts with a scored random review, AI alone and assisted together',
    interval: 't',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'Mean of accuracy, tone and resolution unless the review gives its own score.',
  },
  qa_coverage: {
    label: 'QA coverage',
    unit: 'share',
    better: 'higher',
    numerator: 'AI contacts with a completed random review',
    denominator: 'AI contacts',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'How much of what the AI did was looked at. Oversight health, not quality.',
  },
  qa_completion: {
    label: 'Reviews done',
    unit: 'share',
    better: 'higher',
    numerator: 'drawn random reviews that were completed',
    denominator: 'drawn random reviews',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Skipped reviews are not skipped at random: hard ones stay open. Below 90 % the error rate is inconclusive.',
  },
  qa_on_time_rate: {
    label: 'Reviews on time',
    unit: 'share',
    better: 'higher',
    numerator: 'drawn random reviews completed by their due time',
    denominator: 'drawn random reviews with a due time',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Late oversight is the first sign of none.',
  },
  automation_creep: {
    label: 'Beyond the level',
    unit: 'share',
    better: 'lower',
    numerator: 'contacts handled by ai alone while the level in force was not human on the loop',
    denominator: 'contacts while a level was in force',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Judged by level alone. Rejected: judging by confidence; a low-confidence send on the loop is a missed escalation.',
  },
  judge_agreement: {
    label: 'Judge agrees',
    unit: 'share',
    better: 'higher',
    numerator: 'contacts where a judge and the label say the same',
    denominator: 'contacts with both a judge review and a label',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'Raw agreement for reading; the chance-corrected gate is not built yet and is named as missing.',
  },
} as const satisfies Record<string, MetricDefinition>

export type MetricId = keyof typeof metrics
export const metricIds = Object.keys(metrics) as MetricId[]

/** Whose contacts a metric counts. ai_participated = ai and ai_assisted together. */
export type Cohort = 'all' | 'ai' | 'ai_assisted' | 'ai_participated' | 'human'

export type CsatScale = 'binary' | 'three_point' | 'five_point'

/** One number of one month: never without its counts, its interval and whether it is final. */
export interface MetricPoint {
  /** YYYY-MM in the reporting time zone. */
  month: string
  interactionType: string
  metric: MetricId
  cohort: Cohort
  /** Set for CSAT only: scales are never mixed. */
  scale: CsatScale | null
  numerator: number
  /** 0 for plain counts, whose value is the numerator. */
  denominator: number
  /** Only for means: the sum of squares, so that months can be pooled. */
  sumOfSquares: number | null
  /** null when the denominator is 0: no data, never 0 %. Shares are 0..1. */
  value: number | null
  /** Two-sided 95 % limits, null where the metric has none or there is no data. */
  lower: number | null
  upper: number | null
  /** false while the month can still change (provisional). */
  isFinal: boolean
  definitionVersion: number
}
