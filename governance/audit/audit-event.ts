import { z } from 'zod'
import { apiScopesSchema } from '../accounts/api-scopes.ts'
import { rolesSchema } from '../accounts/roles.ts'
import { riskClasses } from '../evaluate/risk-class.ts'
import { riskTiers } from '../policy/policy.ts'

const level = z.enum(['human_as_the_loop', 'human_in_the_loop', 'human_on_the_loop'])
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.iso.datetime({ precision: 3 })
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const action = z.enum(['expand', 'keep', 'reduce'])
const id = z.string().min(1)

/** One kind of event: what it is about and what it says. */
const event = <Action extends string, Type extends string, Data extends z.ZodRawShape>(
  name: Action,
  objectType: Type,
  data: Data,
) =>
  z.strictObject({
    action: z.literal(name),
    object: z.strictObject({ type: z.literal(objectType), id }),
    data: z.strictObject(data),
  })

const registration = {
  area: z.string(),
  riskTier: z.enum(riskTiers),
  ceiling: level,
  ownerId: id,
  isDisclosureAttested: z.boolean(),
}

/**
 * Everything that can ever be written into the audit trail: a closed list. Names of customers, free text and secrets
 * stay out; the hash of the governed row that holds a written reason goes in.
 */
export const auditEventSchema = z.discriminatedUnion('action', [
  event('ledger-created', 'ledger', { schema: z.string() }),
  event('policy-published', 'policy', { policyVersion: z.int(), contentSha256: sha256, effectiveMonth: month }),
  event('policy-drafted', 'policy_draft', { policyVersion: z.int(), contentSha256: sha256 }),
  event('policy-approved', 'policy_draft', {
    meaning: z.string(),
    contentSha256: sha256,
    authentication: z.literal('password'),
  }),
  event('policy-withdrawn', 'policy_draft', { policyVersion: z.int() }),
  event('user-created', 'user', { name: z.string(), roles: rolesSchema, isDemonstration: z.boolean() }),
  event('user-roles-changed', 'user', { before: rolesSchema, after: rolesSchema }),
  event('user-disabled', 'user', {}),
  event('user-enabled', 'user', {}),
  event('password-changed', 'user', {}),
  event('password-reset', 'user', {}),
  event('signed-in', 'user', {}),
  event('api-token-created', 'api_token', { holderId: id.nullable(), scopes: apiScopesSchema, expiresAt: instant }),
  event('api-token-revoked', 'api_token', {
    holderId: id.nullable(),
    reason: z.enum(['asked', 'account_disabled', 'role_lost']),
  }),
  event('account-locked', 'user', { until: instant }),
  event('type-registered', 'interaction_type', registration),
  event('type-changed', 'interaction_type', registration),
  event('type-facts-recorded', 'interaction_type', {
    version: z.int(),
    riskClass: z.enum(riskClasses),
    hasLegalEffect: z.boolean(),
    moneyLimit: z.string().nullable(),
  }),
  event('review-opened', 'review', {
    policyVersion: z.int(),
    reportingTimeZone: z.string(),
    dueAt: instant,
    interactionTypes: z.array(id),
  }),
  event('evidence-frozen', 'evidence', {
    month,
    interactionType: id,
    revision: z.int(),
    contentSha256: sha256,
    provenanceSha256: sha256,
    policyVersion: z.int(),
    recommendation: action,
  }),
  event('proposal-made', 'proposal', {
    month,
    interactionType: id,
    proposedAction: action,
    recommendation: action,
    fromLevel: level.nullable(),
    toLevel: level.nullable(),
    evidenceSha256: sha256,
    requiredApprovals: z.int(),
  }),
  event('proposal-withdrawn', 'proposal', { month, interactionType: id }),
  event('vote-cast', 'proposal', {
    voteId: id,
    vote: z.enum(['approve', 'reject', 'abstain']),
    meaning: z.string(),
    evidenceSha256: sha256,
    authentication: z.literal('password'),
  }),
  event('type-opened', 'interaction_type', { month }),
  event('case-opened', 'interaction_type', { month, caseSha256: sha256 }),
  event('training-recorded', 'user', { trainedUntil: z.iso.date() }),
  event('decision-recorded', 'decision', {
    kind: z.enum(['cycle', 'baseline', 'stop', 'expiry', 'trip_wire']),
    month: month.nullable(),
    interactionType: id,
    decidedAction: z.enum(['expand', 'keep', 'reduce', 'baseline']),
    fromLevel: level.nullable(),
    toLevel: level.nullable(),
    meaning: z.string(),
    proposalId: id.nullable(),
    evidenceSha256: sha256.nullable(),
    policyVersion: z.int(),
    effectiveAt: instant,
    validUntil: instant,
  }),
  event('level-changed', 'interaction_type', {
    decisionId: id,
    fromLevel: level.nullable(),
    toLevel: level,
    effectiveFrom: instant,
  }),
  event('type-stopped', 'interaction_type', { decisionId: id, approvalDueAt: instant }),
  event('stop-approved', 'decision', { interactionType: id, meaning: z.string() }),
  event('decision-expired', 'decision', { interactionType: id, followedBy: id, expiredAt: instant }),
  event('trip-wire-fired', 'interaction_type', {
    tripWireId: id,
    decisionId: id,
    month,
    metric: z.string(),
    threshold: z.string(),
    value: z.string(),
  }),
  event('review-closed', 'review', {}),
  event('customer-erased', 'customer', { commitment: sha256, snapshotCount: z.int(), contactCount: z.int() }),
  event('contacts-retired', 'warehouse', { before: instant, snapshotCount: z.int(), contactCount: z.int() }),
])

export type AuditEvent = z.infer<typeof auditEventSchema>
export type AuditAction = AuditEvent['action']

/** Who did it: a person with the role in which it was done, or the program itself. */
const actorSchema = z.strictObject({ id, name: z.string().min(1), role: z.string().min(1) })
export type Actor = z.infer<typeof actorSchema>

/** One governed row that the event wrote, with the hash of the whole row as it stands afterwards. */
const writtenRowSchema = z.strictObject({ table: z.string(), key: z.string(), sha256 })
export type WrittenRow = z.infer<typeof writtenRowSchema>

/** A leaf of the tree, version 1. */
export const leafSchema = z
  .object({
    v: z.literal(1),
    seq: z.int().min(0),
    id,
    ts: instant,
    actor: actorSchema,
    rows: z.array(writtenRowSchema),
  })
  .and(auditEventSchema)
export type Leaf = z.infer<typeof leafSchema>
