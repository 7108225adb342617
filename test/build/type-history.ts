import type { TypeHistory, TypeMonth, TypeStanding } from '#governance/evaluate/evaluation.ts'
import { type CsatScale, type MetricId, type MetricPoint, metrics } from '#models/metrics.ts'
import { addMonths, type Month, parseMonth } from '#models/reporting-month.ts'

/** Counts of one month; what is not given is that of a healthy type. null: not measured. */
export interface MonthFacts {
  errors?: number
  reviews?: number
  drawn?: number
  /** Errors with a severity; all unless given. */
  graded?: number
  criticalDefects?: number
  /** Mean and spread of the scores of the reviews. */
  score?: { mean: number; standardDeviation: number } | null
  satisfied?: number
  answers?: number
  offered?: number
  scale?: CsatScale
  /** Answers by channel; all by chat unless given. */
  channels?: Readonly<Record<string, { satisfied: number; answered: number }>>
  humanAnswers?: number
  humanOffered?: number
  repeats?: number
  matureContacts?: number
  unexpected?: number
  contacts?: number
  /** All contacts of the type; those with AI are `contacts`. The share of the AI is unknown unless given. */
  allContacts?: number
  aiVersions?: readonly string[]
  isFinal?: boolean
  definitionVersion?: number
}

/** A month of a type that would pass every gate once its window and reference months are complete. */
export function typeMonth(interactionType: string, month: string, facts: MonthFacts = {}): TypeMonth {
  const healthy = {
    errors: 1,
    reviews: 100,
    criticalDefects: 0,
    score: { mean: 94, standardDeviation: 6 },
    satisfied: 520,
    answers: 600,
    offered: 2000,
    scale: 'five_point' as CsatScale,
    humanAnswers: 0,
    humanOffered: 0,
    repeats: 160,
    matureContacts: 3000,
    unexpected: 90,
    contacts: 3000,
    aiVersions: ['4.2'],
    isFinal: true,
    definitionVersion: 1,
    ...facts,
  }
  const { reviews, score } = healthy
  const drawn = facts.drawn ?? reviews
  const at = (
    metric: MetricId,
    numerator: number,
    denominator: number,
    more: Partial<MetricPoint> = {},
  ): MetricPoint => ({
    month,
    interactionType,
    metric,
    cohort: 'ai_participated',
    scale: null,
    numerator,
    denominator,
    sumOfSquares: null,
    effectiveSize: null,
    value: denominator === 0 ? null : numerator / denominator,
    lower: null,
    upper: null,
    isFinal: healthy.isFinal,
    definitionVersion: healthy.definitionVersion || metrics[metric].definitionVersion,
    ...more,
  })
  const { scale } = healthy
  const channels = facts.channels ?? { chat: { satisfied: healthy.satisfied, answered: healthy.answers } }
  return {
    month,
    points: [
      at('volume', healthy.contacts, 0, { cohort: 'all', value: healthy.contacts }),
      at('ai_error_rate', healthy.errors, reviews),
      at('severity_graded', facts.graded ?? healthy.errors, healthy.errors),
      at('critical_defects', healthy.criticalDefects, 0, { value: healthy.criticalDefects }),
      at('qa_completion', reviews, drawn),
      ...(score === null
        ? []
        : [
            at('qa_score', reviews * score.mean, reviews, {
              sumOfSquares: reviews * score.mean ** 2 + Math.max(0, reviews - 1) * score.standardDeviation ** 2,
            }),
          ]),
      ...(healthy.offered === 0
        ? []
        : [
            at('csat_satisfied_rate', healthy.satisfied, healthy.answers, { scale }),
            at('csat_response_rate', healthy.answers, healthy.offered, { scale }),
            at('csat_response_rate', healthy.humanAnswers, healthy.humanOffered, { scale, cohort: 'human' }),
          ]),
      at('repeat_contact_rate_48h', healthy.repeats, healthy.matureContacts),
      at('unexpected_escalation_rate', healthy.unexpected, healthy.contacts),
      ...(facts.allContacts === undefined
        ? []
        : [at('ai_share', healthy.contacts, facts.allContacts, { cohort: 'all' })]),
    ],
    csatChannels: Object.entries(channels).map(([channel, counts]) => ({ scale, channel, ...counts })),
    aiVersions: healthy.aiVersions.map((aiVersion) => ({ aiVersion, contactCount: healthy.contacts })),
  }
}

/** Months in a row from the first; one entry of facts each. */
export function typeHistory(interactionType: string, first: string, months: readonly MonthFacts[]): TypeHistory {
  const start: Month = parseMonth(first)
  return {
    interactionType,
    months: months.map((facts, index) => typeMonth(interactionType, addMonths(start, index), facts)),
  }
}

/** A registered low-risk type in the loop since 1 April 2026, by a decision. */
export function typeStanding(interactionType: string, more: Partial<TypeStanding> = {}): TypeStanding {
  return {
    interactionType,
    isRegistered: true,
    riskTier: 'low',
    ceiling: 'human_on_the_loop',
    level: 'human_in_the_loop',
    levelSince: new Date('2026-04-01T00:00:00Z'),
    isBaseline: false,
    ...more,
  }
}
