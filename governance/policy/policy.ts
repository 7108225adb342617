import { z } from 'zod'
import { customerSegments } from '#models/segments/customer-segment.ts'
import { oversightLevels } from '../evaluate/levels.ts'
import { agreedTripWiresSchema } from './trip-wires.ts'

export const riskTiers = ['low', 'medium', 'high'] as const
export type RiskTier = (typeof riskTiers)[number]

/** Gates of methods.md section 0. Version 1 of the policy lists only those that are built. */
export const gateIds = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10'] as const
export type GateId = (typeof gateIds)[number]

const share = z.number().min(0).max(1)
/** A limit of 0 or 1 could never be decided by a sample. */
const limit = z.number().gt(0).lt(1)
/** One-sided error level. Half or more would pass on a coin's toss. */
const alpha = z.number().gt(0).lt(0.5)

/** Bounds are widened by how much days vary beyond chance: contacts come in bursts. */
const isOverdispersionAdjusted = z.literal(true).optional()

/** A policy is data: versioned, immutable once published, hashed into every evidence and event. */
export const policySchema = z.strictObject({
  version: z.int().min(1),
  name: z.string().min(1),
  /** Months pooled by the gates: the evidence month and those before it. */
  windowMonths: z.int().min(1),
  gates: z.strictObject({
    /** AI error rate at most the limit of the tier. null: the tier can never expand. */
    G1: z.strictObject({
      limitByTier: z.strictObject({ low: limit, medium: limit, high: limit.nullable() }),
      /** One-sided level of the pooled upper bound that must lie at or under the limit. */
      alphaPassByTier: z.strictObject({ low: alpha, medium: alpha, high: alpha }),
      /** By interaction type, instead of what its tier says; never opens a tier that cannot expand. */
      limitOverrides: z.record(z.string().min(1), z.strictObject({ limit, alphaPass: alpha.optional() })).optional(),
      /** One-sided level of the latest month's lower bound that shows failure. */
      alphaFail: alpha,
    }),
    /** QA score, the pooled mean, at least the minimum. */
    G2: z.strictObject({ minimumScore: z.number().min(0).max(100), alpha, minimumReviews: z.int().min(2) }),
    /** CSAT at most the margin below the reference months, while about as many people answer as did then. */
    G3: z.strictObject({
      marginShare: share,
      alpha,
      minimumResponses: z.int().min(1),
      /** The share that answers may move this far from the reference before CSAT can no longer be compared. */
      maximumResponseShift: share,
      /** The same between contacts with and without AI, where people were asked in both. */
      maximumResponseGapToHuman: share,
      /** Compared at the mix of channels of the reference months; so is the CSAT of the combined alarm of G6. */
      isMixStandardised: z.literal(true).optional(),
    }),
    /** Repeat contact within 48 h at most the margin above the reference months. */
    G4: z.strictObject({ marginShare: share, alpha, isOverdispersionAdjusted }),
    /** Unexpected escalation at most the margin above the reference months. */
    G5: z.strictObject({ marginShare: share, alpha, isOverdispersionAdjusted }),
    /** No unfavourable signal open on the monthly series; harm shown by an e-value recommends a reduction. */
    G6: z
      .strictObject({
        /** A signal counts as open while it touches one of so many latest months. */
        openMonths: z.int().min(1),
        minimumHarmEValue: z.number().min(20),
      })
      .optional(),
    /** Share of the drawn reviews that were completed, in every month of the window. */
    G7: z.strictObject({
      minimumCompletion: share,
      /** Of contacts reviewed by two people: agreement beyond chance, on what an error is, and how many it takes to tell. */
      agreement: z.strictObject({ minimumAc1: limit, minimumPositive: share, minimumPairs: z.int().min(2) }).optional(),
    }),
    /** Consecutive complete months of one AI version, none failing, each at or under the limit. */
    G8: z.strictObject({ months: z.int().min(1) }),
    G9: z.strictObject({ maximumCriticalDefects: z.int().min(0) }),
    /** Benjamini-Hochberg over all types that could expand. */
    G10: z.strictObject({ falseDiscoveryRate: alpha }),
  }),
  /** Gates that are judged and shown but decide nothing yet. */
  shadowGates: z.array(z.enum(gateIds)).optional(),
  /** On the loop, so many months in a row with an inconclusive G1 recommend a reduction. */
  evidenceLapse: z.strictObject({ months: z.int().min(2) }).optional(),
  /** Groups of customers that are judged and watched on their own. */
  segments: z
    .array(
      z.strictObject({
        name: z.enum(customerSegments),
        /** Most autonomy for contacts of the segment, whatever the level of their type. */
        ceiling: z.enum(oversightLevels),
        /** Whether an error rate shown to be over the limit within the segment stops an expansion, or is only said. */
        blocksExpansion: z.boolean(),
      }),
    )
    .min(1)
    .refine((segments) => new Set(segments.map(({ name }) => name)).size === segments.length, {
      message: 'Each segment once.',
    })
    .optional(),
  /** Signed with every expansion unless its proposal names others. */
  tripWires: agreedTripWiresSchema.optional(),
  /** Named on every page so that nobody takes their silence for a pass. */
  missingGates: z.array(z.strictObject({ gate: z.enum(gateIds), what: z.string().min(1) })),
  quorum: z.strictObject({
    expand: z.int().min(1),
    keep: z.int().min(1),
    reduce: z.int().min(1),
    baseline: z.int().min(1),
  }),
  /** Failed contacts that each voter opens first, except to reduce; 3 unless given. */
  casesBeforeVote: z.int().min(0).max(20).optional(),
  /** Only people whose training is recorded and has not expired approve; without it only an expired one bars them. */
  requiresTraining: z.literal(true).optional(),
  bakeMonths: z.int().min(0),
  validityMonths: z.int().min(1),
  /** Evidence opens this many days after the month's end, when late reviews and repeat contacts are in. */
  maturityDays: z.int().min(0),
  /** Decisions are due this long after the review opens; 14 unless given. */
  dueDays: z.int().min(1).max(90).optional(),
  /** Of version 1. Nothing reads it: the password is given with every signature, so it is never older than the signature. */
  signingWindowMinutes: z.int().min(1).optional(),
})

export type Policy = z.infer<typeof policySchema>
