/**
 * The metric catalogue. Pages, exports, docs, policy and tests read labels, units, direction and definitions here
 * and nowhere else. A change of meaning raises `definitionVersion`, from the first release on.
 */
export type MetricUnit = 'share' | 'count' | 'points' | 'per_day' | 'minutes' | 'days'

export interface MetricDefinition {
  label: string
  unit: MetricUnit
  /** Which way is good; none where the number alone says nothing. */
  better: 'higher' | 'lower' | 'none'
  numerator: string
  denominator: string
  /** How the two-sided 95 % interval is made; none for a census that is only described. */
  interval: 'wilson' | 't' | 'none'
  /** The window: so many hours after a contact, or after its month, what happens still counts; then the number is final. */
  maturityHours: number
  /** Below this denominator the point estimate is not shown (NCHS publication rule). */
  minimumSample: number
  definitionVersion: number
  /** The value is the numerator over this many of the denominator; one unless given. */
  per?: number
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
    numerator: 'contacts that the AI handled, alone or assisting a person',
    denominator: 'all contacts',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Rejected: leaving out rejected drafts; a rejected draft is still the AI taking part.',
  },
  automation_rate: {
    label: 'Sent without approval',
    unit: 'share',
    better: 'none',
    numerator: 'contacts that the AI handled alone',
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
    why: 'Random reviews only: targeted ones look where errors are expected. In months whose reviews state sampling frames or unequal chances each stratum counts by the contacts it stands for, so the value is no quotient of the two counts. Rejected: all reviews, which overstates the rate; and hits over samples of strata drawn at different rates, which is biased either way.',
  },
  expected_errors_per_day: {
    label: 'Expected errors a day',
    unit: 'per_day',
    better: 'lower',
    numerator: 'reviewed contacts with an error, AI alone',
    denominator: 'contacts with a completed random review, AI alone',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'Error rate of what AI sends alone, times how many of these there are a day: 2 % can be 200 a day. Weighted by stratum in the months in which the error rate is. Rejected: counting the errors that were found, which is as low as the number of reviews.',
  },
  severity_graded: {
    label: 'Errors graded',
    unit: 'share',
    better: 'higher',
    numerator: 'reviewed contacts with an error whose label gives a severity',
    denominator: 'reviewed contacts with an error',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'Where nobody grades errors, no critical defect can be found. Rejected: taking an error without a severity as minor.',
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
    why: 'Conversations, not calls: one looping agent called the transfer tool 463 times in 28 conversations. Rejected: counting hand-overs, which makes one loop look like hundreds.',
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
    why: 'The window of the gate. The boundary is inside: 48:00:00 repeats, 48:00:01 does not. Rejected: the same channel only; who was not helped by chat comes back by phone.',
  },
  repeat_contact_rate_7d: {
    label: 'Repeat contact, 7 d',
    unit: 'share',
    better: 'lower',
    numerator: 'mature contacts followed by the same customer about the same issue within 7 days of their end',
    denominator: 'mature inbound contacts, not excluded, customer known',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'For answers that fail slowly, such as a refund that never arrives. The gate stays at 48 h, where the cause is plainer. Rejected: 30 days, as some count, which adds new questions to failed answers.',
  },
  one_contact_chain_rate: {
    label: 'Needed one contact',
    unit: 'share',
    better: 'higher',
    numerator: 'complete chains of a single contact',
    denominator: 'complete chains of 48 h repeats, by their first contact',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'One customer with five contacts is one failure, not four. A chain is complete once its last contact is mature. Rejected: calling it resolved; nobody asked the customer.',
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
    why: 'Repeat contact can only be seen where the customer is known, so the share is always shown beside it. Rejected: taking contacts of unknown customers as no repeat, which flatters whoever knows nobody.',
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
  csat_bad_rate: {
    label: 'CSAT bad',
    unit: 'share',
    better: 'lower',
    numerator: 'answers of 1 or 2 of five, 1 of three, or bad of two',
    denominator: 'answered surveys of one scale',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'The unhappy end on its own: a mean can stay while both ends grow. Rejected: one minus the satisfied share, which calls the middle bad.',
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
    why: 'For readers used to a mean; the gate uses the satisfied share. Rejected: gating on it; scores are ranks, and the step from 2 to 3 is not the step from 4 to 5.',
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
    why: 'Who did not answer can move CSAT more than who did, so the share stands beside it. Rejected: answers over contacts, which mixes who was asked with who answered.',
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
    why: 'Mean of accuracy, tone and resolution unless the review gives its own score. Where strata were drawn at different rates, each stratum counts by the contacts it stands for. Rejected: the plain mean of such reviews, which is too low where errors are sought; scoring a review that gives only some of the three, which would compare different sums.',
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
    why: 'How much of what the AI did was looked at. Oversight health, not quality. Rejected: counting targeted reviews in; they would make a type look watched whose usual answers nobody reads.',
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
    why: 'Skipped reviews are not skipped at random: hard ones stay open. Below 90 % the error rate is inconclusive. Rejected: leaving open ones out of the denominator, which calls any sample complete.',
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
    why: 'Late oversight is the first sign of none. Rejected: taking the second review of a contact when the first was late.',
  },
  qa_oldest_open_days: {
    label: 'Oldest open review',
    unit: 'days',
    better: 'lower',
    numerator: 'whole days since the oldest of them was drawn, until 7 days after the month at most',
    denominator: 'contacts drawn for a random review and still open',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'A share on time hides the one review nobody wants to do. It stops growing when the month is final, so that frozen evidence stays what it was. Rejected: the mean age, in which many fresh ones hide it.',
  },
  tone_defect_rate: {
    label: 'Tone defects',
    unit: 'share',
    better: 'lower',
    numerator: 'reviewed contacts whose defect is a tone mismatch',
    denominator: 'contacts with a completed random review, AI alone and assisted together',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'A right answer in the wrong tone is no error and still loses customers, so it is counted whatever the outcome. Where strata were drawn at different rates, each counts by the contacts it stands for. Rejected: only tone defects that failed the review.',
  },
  claimed_resolution_rate: {
    label: 'Claimed resolved',
    unit: 'share',
    better: 'none',
    numerator: 'contacts whose source calls them confirmed, assumed or contained',
    denominator: 'mature AI contacts with a claim and a known customer, inbound, not excluded',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'What the vendor reports, on the same contacts as what came of it. Rejected: every contact as denominator; where nothing is claimed or nobody can be matched, the gap would compare different contacts.',
  },
  contained_resolution_rate: {
    label: 'Contained',
    unit: 'share',
    better: 'none',
    numerator: 'claimed resolved by AI alone, never escalated, no working time of a person',
    denominator: 'mature AI contacts with a claim and a known customer, inbound, not excluded',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Staying with the AI is no success by itself, only a step on the way to a durable resolution. Rejected: calling it resolved; a customer who gives up stays with the AI too.',
  },
  confirmed_resolution_rate: {
    label: 'Confirmed by the customer',
    unit: 'share',
    better: 'higher',
    numerator: 'contacts whose source says that the customer confirmed the resolution',
    denominator: 'mature AI contacts with a claim and a known customer, inbound, not excluded',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Silence is an assumption. Rejected: taking assumed resolutions as confirmed.',
  },
  durable_resolution_rate: {
    label: 'Durably resolved',
    unit: 'share',
    better: 'higher',
    numerator:
      'claimed resolved, no human touch, no reopening, no repeat contact in 48 h, no failed review, no bad CSAT',
    denominator: 'mature AI contacts with a claim and a known customer, inbound, not excluded',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'The honest top line. Rejected: leaving out contacts that were not reviewed or did not answer; each sign only ever takes away from the claim.',
  },
  resolution_gap: {
    label: 'Claimed but not durable',
    unit: 'share',
    better: 'lower',
    numerator: 'contacts claimed resolved that are not durably resolved',
    denominator: 'mature AI contacts with a claim and a known customer, inbound, not excluded',
    interval: 'wilson',
    maturityHours: 168,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'Claimed minus durable on the same contacts, so it is a share with rows of its own behind it. Rejected: the difference of two rates with denominators of their own, which compares different contacts.',
  },
  unresolved_rate: {
    label: 'Left unresolved',
    unit: 'share',
    better: 'lower',
    numerator: 'AI contacts that their source calls unresolved',
    denominator: 'AI contacts with a claim',
    interval: 'wilson',
    maturityHours: 0,
    minimumSample: 1,
    definitionVersion: 1,
    why: 'The one claim nobody is flattered by. Rejected: counting abandoned ones too; leaving may mean being helped.',
  },
  failed_handoffs: {
    label: 'Failed hand-overs',
    unit: 'count',
    better: 'lower',
    numerator: 'AI contacts with an escalation whose hand-over failed',
    denominator: 'none',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 0,
    definitionVersion: 1,
    why: 'A list to read, contact by contact: the customer asked for a person and did not reach one. Rejected: a rate, which a month of many contacts dilutes.',
  },
  human_minutes_per_100: {
    label: 'Human minutes per 100',
    unit: 'minutes',
    better: 'lower',
    numerator: 'minutes that people worked on them',
    denominator: 'contacts whose human working time is known',
    per: 100,
    interval: 'none',
    maturityHours: 168,
    minimumSample: 30,
    definitionVersion: 1,
    why: 'What a change of level frees or costs. Rejected: taking unknown working time as none.',
  },
  vip_contacts: {
    label: 'VIP contacts',
    unit: 'count',
    better: 'none',
    numerator: 'contacts of customers of the vip tier',
    denominator: 'none',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 0,
    definitionVersion: 1,
    why: 'A segment with a ceiling of its own. Rejected: taking an unknown tier as standard.',
  },
  distressed_contacts: {
    label: 'Distressed customers',
    unit: 'count',
    better: 'none',
    numerator: 'contacts with a sentiment of -0.5 or worse',
    denominator: 'none',
    interval: 'none',
    maturityHours: 0,
    minimumSample: 0,
    definitionVersion: 1,
    why: 'A segment with a ceiling of its own. The limit itself belongs to it. Rejected: taking an unknown sentiment as calm; nothing is inferred from it.',
  },
  trust_recovery_contacts: {
    label: 'Trust to win back',
    unit: 'count',
    better: 'none',
    numerator: 'contacts that begin within 7 days after a failed contact of the same customer, about any issue',
    denominator: 'none',
    interval: 'none',
    maturityHours: 168,
    minimumSample: 0,
    definitionVersion: 1,
    why: 'Failed: an error in the label, a bad answer, a claim of unresolved, or a failed hand-over. Rejected: the same issue only; the next contact about anything is where trust is lost for good.',
  },
  automation_creep: {
    label: 'Beyond the level',
    unit: 'share',
    better: 'lower',
    numerator: 'contacts that the AI handled alone while the level in force was not human on the loop',
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
    why: 'Raw agreement for reading: no judge review is a label or counts in a gate, and the policy names judge agreement as missing. Rejected: a judge for a label where no person reviewed.',
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
  /**
   * null where the value is numerator / denominator, or their mean. Else the value is weighted by the strata that the
   * random reviews were drawn from, the counts stay as reviewed, and so many equally weighted reviews (Kish) tell as much.
   */
  effectiveSize: number | null
  /** null when the denominator is 0: no data, never 0 %. Shares are 0..1. */
  value: number | null
  /** Two-sided 95 % limits, null where the metric has none, there is no data, or the spread is not known. */
  lower: number | null
  upper: number | null
  /** false while the month can still change (provisional). */
  isFinal: boolean
  definitionVersion: number
}
