import type { CsatScale, MetricId, MetricPoint } from '#models/metrics.ts'
import type { CustomerSegment } from '#models/segments/customer-segment.ts'
import type { PairCounts } from '#models/statistics/specific-agreement.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { GateId, RiskTier } from '../policy/policy.ts'
import type { StatedClass } from './risk-class.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive'
export type Recommendation = 'expand' | 'keep' | 'reduce'

/** Everything the rules may know about one type: its months, oldest first, and who it is. */
export interface TypeHistory {
  interactionType: string
  months: readonly TypeMonth[]
}

export interface TypeMonth {
  /** YYYY-MM */
  month: string
  points: readonly MetricPoint[]
  /** AI-participated contacts by AI version. */
  aiVersions: readonly { aiVersion: string; contactCount: number }[]
  /** Contacts reviewed by two people; absent where the policy does not ask for them, or there were none. */
  pairs?: PairCounts
  /** How much the days vary; absent where the policy does not ask, or nothing varied. */
  dispersions?: readonly { metric: MetricId; chiSquare: number; degreesOfFreedom: number }[]
  /** Of the random reviews; absent where all have the same weight. */
  strata?: readonly StratumCounts[]
  /** CSAT answers by channel; absent where the policy does not compare at a fixed mix, or nobody answered. */
  csatChannels?: readonly CsatChannelCounts[]
  /** Of the segments that the policy declares; absent where it declares none, or there was no such contact. */
  segments?: readonly SegmentCounts[]
}

/** CSAT answers of one channel and scale in a month, AI-participated contacts only. */
export interface CsatChannelCounts {
  scale: CsatScale
  channel: string
  answered: number
  satisfied: number
}

/** One segment of a month, AI-participated contacts only; a contact may be in several. */
export interface SegmentCounts {
  segment: CustomerSegment
  contacts: number
  /** Sent without approval. */
  sentAlone: number
  /** Random reviews completed. */
  reviewed: number
  errors: number
}

/** One stratum of a month: AI-participated contacts that it stands for, and its random reviews. */
export interface StratumCounts {
  stratum: string
  /** 0: nobody knows, so its reviews cannot be weighted. */
  population: number
  drawn: number
  reviewed: number
  errors: number
  /** Reviewed contacts with a score, with the sums of scores (points) and squares; absent in evidence frozen before. */
  scored?: number
  scoreSum?: number
  scoreSquareSum?: number
}

/** What governance knows of the type at the evaluation. Absent fields of an unregistered type are null. */
export interface TypeStanding {
  interactionType: string
  isRegistered: boolean
  riskTier: RiskTier | null
  ceiling: OversightLevel | null
  level: OversightLevel | null
  /** When the level in force took effect; the reference period lies before it. */
  levelSince: Date | null
  /** The level in force is the signed first level, which states what was already so; nothing changed on that day. */
  isBaseline: boolean
  /** Absent where the registry states neither. */
  stated?: StatedClass
}

export interface GateResult {
  gate: GateId
  label: string
  verdict: Verdict
  /** In the unit of the gate: a share or probability 0..1, points 0..100, a difference of shares, a count. null without data. */
  value: number | null
  /** Two-sided 95 % interval for display. */
  lower: number | null
  upper: number | null
  /** The one-sided bound that decides, and which side it is. */
  decisiveBound: number | null
  decisiveSide: 'upper' | 'lower' | null
  limit: number | null
  unit: 'share' | 'points' | 'difference' | 'count' | 'probability'
  /** Counts behind the value. */
  numerator: number | null
  denominator: number | null
  /** Of comparisons: the reference months' counts. */
  referenceNumerator: number | null
  referenceDenominator: number | null
  /** Values between which the verdict cannot be told at this sample size; null where it makes no sense. */
  inconclusiveFrom: number | null
  inconclusiveTo: number | null
  /** Judged and shown, but decides nothing yet. */
  isShadow?: true | undefined
  /** One sentence: why this verdict. */
  reason: string
  /** What would end an inconclusive verdict ("14 more random reviews make this decidable"); null otherwise. */
  cure: string | null
}

/** A declared segment over the window. */
export interface SegmentResult extends SegmentCounts {
  ceiling: OversightLevel
  /** Error rate of its random reviews with the two-sided 95 % interval for display; null without a review. */
  value: number | null
  lower: number | null
  upper: number | null
  /** One-sided, corrected for the number of segments; null where it was not judged. */
  lowerBound: number | null
  limit: number | null
  /** failing: shown to be over the limit. unknown: too few reviews, or not to be judged. */
  verdict: 'failing' | 'not_shown' | 'unknown'
  blocksExpansion: boolean
  /** One sentence: why this verdict. */
  reason: string
}

export interface TypeEvaluation {
  interactionType: string
  month: string
  level: OversightLevel | null
  recommendation: Recommendation
  /** Where an expansion or reduction would lead; null for keep. */
  targetLevel: OversightLevel | null
  gates: readonly GateResult[]
  /** Absent where the policy declares no segment. */
  segments?: readonly SegmentResult[] | undefined
  /** Short sentences; what speaks for the recommendation. */
  reasons: readonly string[]
  /** What stands in the way of expanding. */
  blockers: readonly string[]
}
