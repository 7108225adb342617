import { z } from 'zod'

export const riskTiers = ['low', 'medium', 'high'] as const
export type RiskTier = (typeof riskTiers)[number]

/** Gates of methods.md section 0. Version 1 of the policy lists only those that are built. */
export const gateIds = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10'] as const
export type GateId = (typeof gateIds)[number]

const share = z.number().min(0).max(1)

/** A policy is data: versioned, immutable once published, hashed into every evidence and event. */
export const policySchema = z.object({
  version: z.int().min(1),
  name: z.string().min(1),
  /** Months pooled by the gates: the evidence month and those before it. */
  windowMonths: z.int().min(1),
  gates: z.object({
    /** AI error rate at most the limit of the tier. null: the tier can never expand. */
    G1: z.object({
      limitByTier: z.object({ low: share, medium: share, high: share.nullable() }),
      /** One-sided level of the pooled upper bound that must lie under the limit. */
      alphaPassByTier: z.object({ low: share, medium: share, high: share }),
      /** One-sided level of the latest month's lower bound that shows failure. */
      alphaFail: share,
    }),
    G2: z.object({ minimumScore: z.number().min(0).max(100), alpha: share }),
    G3: z.object({ marginShare: share, alpha: share, minimumResponses: z.int().min(1) }),
    G4: z.object({ marginShare: share, alpha: share }),
    G5: z.object({ marginShare: share, alpha: share }),
    G7: z.object({ minimumCompletion: share }),
    G8: z.object({ months: z.int().min(1) }),
    G9: z.object({ maximumCriticalDefects: z.int().min(0) }),
    G10: z.object({ falseDiscoveryRate: share }),
  }),
  /** Named on every page so that nobody takes their silence for a pass. */
  missingGates: z.array(z.object({ gate: z.enum(gateIds), what: z.string().min(1) })),
  quorum: z.object({ expand: z.int().min(1), keep: z.int().min(1), reduce: z.int().min(1), baseline: z.int().min(1) }),
  bakeMonths: z.int().min(0),
  validityMonths: z.int().min(1),
  /** Evidence opens this many days after the month's end, when late reviews and repeat contacts are in. */
  maturityDays: z.int().min(0),
  /** Re-authentication at signing may be at most this old. */
  signingWindowMinutes: z.int().min(1),
})

export type Policy = z.infer<typeof policySchema>
