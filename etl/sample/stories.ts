/**
 * The planted truth of the demonstration data. Everything is invented. The generator draws from these numbers, the
 * tests check that Oversight finds them again, and docs/guides/demonstration-data.md tells them to the reader.
 */

/** A number, or a straight change between two shares of the whole period (0 its beginning, 1 its end). */
export type Course = number | { from: number; to: number; begins: number; ends: number }

/** The model change falls on the first day of the month at this share of the period. */
export const modelChangeAt = 0.5

/** The type that graduates within the period, and from when on the AI answers it alone: after the review that allows it. */
export const graduatingType = 'order_status'
export const graduatesAt = 15 / 18

/** A step at the model change. */
function fromModelChange(from: number, to: number): Course {
  return { from, to, begins: modelChangeAt, ends: modelChangeAt }
}

/** A step when the type graduates. */
function fromGraduation(from: number, to: number): Course {
  return { from, to, begins: graduatesAt, ends: graduatesAt }
}

export interface TypeStory {
  interactionType: string
  /** What is planted, in one sentence, as the docs tell it. null: a quiet type. */
  story: string | null
  /** What the rules should say at the last month, default seed and size. */
  expected: {
    recommendation: 'expand' | 'keep' | 'reduce'
    gates: Readonly<Partial<Record<'G1' | 'G3' | 'G4' | 'G7', 'pass' | 'fail' | 'inconclusive'>>>
  }
  /** Contacts a month when 100,000 are asked for. */
  monthlyContacts: number
  /** Shares of contacts sent by AI without approval and with approval; people do the rest. */
  sentByAi: Course
  assisted: Course
  /** True share of AI-participated contacts that a reviewer finds to be in error, standard and VIP customers. */
  errorRate: Course
  vipErrorRate: Course
  /** Share of errors that are critical. */
  criticalShare: number
  /** Share of answers that are satisfied (4 or 5 of five; good of two). */
  satisfied: Course
  csatScale: 'binary' | 'five_point'
  /** Share of contacts after which the same customer comes back about the same issue within 48 hours. */
  repeatRate: Course
  /** Shares of AI-participated contacts handed over with and without a written trigger. */
  expectedEscalation: Course
  unexpectedEscalation: Course
  /** Random human reviews drawn a month, as far as there are contacts. */
  reviewsPerMonth: number
  /** Share of drawn reviews that are done at all, and share of those that are done by their due time. */
  reviewCompletion: Course
  reviewOnTime: Course
  /** Share of judged contacts where the judge model says what the human reviewer says. */
  judgeAgreement: number
  /**
   * The error rate that the AI's stated confidence reckons with; the true one unless given, and then confidence means
   * what it says.
   */
  statedErrorRate?: Course
  /** Whether the helpdesk gives the issue (an order, a case) a key of its own. */
  hasIssueKey: boolean
}

/** A dull, healthy type; each story changes what it is about. */
const ordinary = {
  story: null,
  expected: { recommendation: 'keep', gates: {} },
  sentByAi: 0,
  assisted: 0.84,
  errorRate: 0.015,
  vipErrorRate: 0.015,
  criticalShare: 0,
  satisfied: 0.86,
  csatScale: 'five_point',
  repeatRate: 0.06,
  expectedEscalation: 0.05,
  unexpectedEscalation: 0.02,
  reviewsPerMonth: 60,
  reviewCompletion: 0.97,
  reviewOnTime: 0.93,
  judgeAgreement: 0.96,
  hasIssueKey: true,
} as const

export const typeStories: readonly TypeStory[] = [
  {
    ...ordinary,
    interactionType: graduatingType,
    story:
      'Graduated: people approve every answer until the review of the fourteenth month, all of the new model, expands it; from the sixteenth month on AI sends 74 % alone, and nothing gets worse: satisfied answers go from 89 to 92 % over the period, repeat contact from 6.2 to 5.6 %.',
    monthlyContacts: 900,
    sentByAi: fromGraduation(0, 0.74),
    assisted: fromGraduation(0.88, 0.14),
    errorRate: 0.008,
    vipErrorRate: 0.008,
    satisfied: { from: 0.89, to: 0.92, begins: 0, ends: 1 },
    repeatRate: { from: 0.062, to: 0.056, begins: 0, ends: 1 },
    reviewsPerMonth: 100,
  },
  {
    ...ordinary,
    interactionType: 'product_faq',
    story:
      'CSAT falls while AI volume rises: from a third of the period on, the share sent by AI climbs from 42 % to 82 % and satisfied answers fall from 89 % to 72 %.',
    expected: { recommendation: 'reduce', gates: { G3: 'fail' } },
    monthlyContacts: 560,
    sentByAi: { from: 0.42, to: 0.82, begins: 1 / 3, ends: 1 },
    assisted: { from: 0.38, to: 0.1, begins: 1 / 3, ends: 1 },
    satisfied: { from: 0.89, to: 0.72, begins: 1 / 3, ends: 1 },
    reviewsPerMonth: 80,
    hasIssueKey: false,
  },
  {
    ...ordinary,
    interactionType: 'password_reset',
    monthlyContacts: 420,
    sentByAi: 0.9,
    assisted: 0.04,
    errorRate: 0.005,
    vipErrorRate: 0.005,
    satisfied: 0.91,
    csatScale: 'binary',
    repeatRate: 0.05,
    hasIssueKey: false,
  },
  {
    ...ordinary,
    interactionType: 'delivery_change',
    story:
      'Ready to graduate: at least 1,200 contacts a month, 30 % of surveys answered, 100 random reviews a month, 0.7 % errors; every gate of policy version 1 passes at the last month.',
    expected: { recommendation: 'expand', gates: { G1: 'pass', G3: 'pass', G4: 'pass', G7: 'pass' } },
    monthlyContacts: 1290,
    assisted: 0.88,
    errorRate: 0.007,
    vipErrorRate: 0.007,
    satisfied: { from: 0.87, to: 0.9, begins: 0, ends: 1 },
    repeatRate: { from: 0.062, to: 0.055, begins: 0, ends: 1 },
    reviewsPerMonth: 105,
    reviewCompletion: 0.985,
    reviewOnTime: 0.97,
  },
  {
    ...ordinary,
    interactionType: 'refund_request',
    story:
      'Failing since the model change: errors jump from 1.2 % to 10 % of AI contacts, over the 2 % limit of its tier; one error in twelve is critical. The AI stays as sure of itself as before: over-confident.',
    expected: { recommendation: 'reduce', gates: { G1: 'fail' } },
    monthlyContacts: 420,
    errorRate: fromModelChange(0.012, 0.1),
    vipErrorRate: fromModelChange(0.012, 0.1),
    statedErrorRate: 0.012,
    criticalShare: 1 / 12,
    satisfied: fromModelChange(0.84, 0.78),
    unexpectedEscalation: fromModelChange(0.025, 0.05),
    reviewsPerMonth: 120,
  },
  {
    ...ordinary,
    interactionType: 'warranty_claim',
    story:
      'Too few reviews: 8 random reviews a month. Its 1 % errors are as good as the best, and nobody can know: never more than inconclusive.',
    expected: { recommendation: 'keep', gates: { G1: 'inconclusive' } },
    monthlyContacts: 150,
    errorRate: 0.01,
    vipErrorRate: 0.01,
    reviewsPerMonth: 8,
    reviewCompletion: 1,
  },
  {
    ...ordinary,
    interactionType: 'subscription_cancel',
    story:
      'Exactly at the limit: the true error rate is 5.0 %, the limit of its tier. The usual dashboard rule lets it through in most years.',
    expected: { recommendation: 'keep', gates: { G1: 'inconclusive' } },
    monthlyContacts: 280,
    errorRate: 0.05,
    vipErrorRate: 0.05,
    reviewsPerMonth: 100,
  },
  {
    ...ordinary,
    interactionType: 'technical_troubleshooting',
    story:
      'Late reviews: in the last third of the period only 74 % of drawn reviews are done, and half of those after their due time.',
    expected: { recommendation: 'keep', gates: { G7: 'inconclusive' } },
    monthlyContacts: 360,
    reviewCompletion: { from: 0.97, to: 0.74, begins: 0.55, ends: 0.7 },
    reviewOnTime: { from: 0.93, to: 0.5, begins: 0.55, ends: 0.7 },
    reviewsPerMonth: 70,
  },
  {
    ...ordinary,
    interactionType: 'promo_code',
    story:
      'Automation creep: the level is human in the loop, yet after a routing change at two thirds of the period AI sends a growing share alone, 15 % at the end.',
    expected: { recommendation: 'keep', gates: {} },
    monthlyContacts: 250,
    sentByAi: { from: 0, to: 0.15, begins: 2 / 3, ends: 1 },
    assisted: { from: 0.84, to: 0.71, begins: 2 / 3, ends: 1 },
    errorRate: 0.02,
    vipErrorRate: 0.02,
    reviewsPerMonth: 30,
    hasIssueKey: false,
  },
  {
    ...ordinary,
    interactionType: 'billing_dispute',
    story:
      'A judge that disagrees with humans: the judge model says the same as the human reviewer on 70 % of contacts only, elsewhere on 96 %.',
    monthlyContacts: 300,
    errorRate: 0.012,
    vipErrorRate: 0.012,
    satisfied: 0.8,
    judgeAgreement: 0.7,
  },
  {
    ...ordinary,
    interactionType: 'account_access',
    story: 'Rising repeat contacts: customers coming back within 48 hours climb from 6 % to 19 % of contacts.',
    expected: { recommendation: 'reduce', gates: { G4: 'fail' } },
    monthlyContacts: 330,
    errorRate: 0.01,
    vipErrorRate: 0.01,
    satisfied: 0.83,
    repeatRate: { from: 0.06, to: 0.19, begins: 0.4, ends: 0.95 },
  },
  {
    ...ordinary,
    interactionType: 'address_change',
    story:
      'A failing VIP segment: 1.2 % errors for standard customers, 24 % for VIP customers, who are 12 % of contacts. The overall rate hides it.',
    monthlyContacts: 240,
    errorRate: 0.012,
    vipErrorRate: 0.24,
    reviewsPerMonth: 120,
  },
  {
    ...ordinary,
    interactionType: 'privacy_request',
    story: 'Human only: AI never takes part, so every AI metric is not measured, and nothing is inferred from that.',
    monthlyContacts: 50,
    assisted: 0,
    errorRate: 0,
    vipErrorRate: 0,
    satisfied: 0.82,
    reviewsPerMonth: 0,
  },
  {
    ...ordinary,
    interactionType: 'safety_report',
    story: 'Human as the loop: AI only recognises the topic and prepares a summary; every such contact is handed over.',
    monthlyContacts: 40,
    assisted: 0.7,
    satisfied: 0.84,
    expectedEscalation: 1,
    unexpectedEscalation: 0,
    reviewsPerMonth: 20,
  },
]

/** Share of customers that are VIP, and of contacts whose customer the helpdesk does not know. */
export const vipShare = 0.12
export const unknownCustomerShare = 0.04

/** Share of surveys sent after a contact, and of those answered. */
export const surveyOfferedShare = 1
export const surveyAnsweredShare = 0.3

/** AI versions before and after the model change. */
export const aiVersions = { before: 'assist-2.3', after: 'assist-3.0' } as const

/** What changed when, as share of the period; each falls on the first day of its month. */
export const changes = [
  {
    at: 1 / 3,
    kind: 'knowledge',
    interactionType: 'product_faq',
    summary: 'Answers of product_faq moved to generated articles',
  },
  { at: modelChangeAt, kind: 'model', interactionType: null, summary: 'All types moved from assist-2.3 to assist-3.0' },
  { at: 2 / 3, kind: 'routing', interactionType: 'promo_code', summary: 'promo_code answers may skip the queue' },
] as const
