import { z } from 'zod'
import { listDecisionRecords } from '#governance/review/list-decision-records.ts'
import { ledger } from '../../ledger.server.ts'
import { instant, interactionType, level, month } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'
import { pageInfo, pageInfoOf, pageOf, paging } from '../paging.ts'

const kind = z.enum(['cycle', 'baseline', 'stop', 'expiry', 'trip_wire'])
const person = z.object({ id: z.string(), name: z.string(), role: z.string() })

const decision = z
  .object({
    id: z.string(),
    kind,
    month: month.nullable().describe('Evidence month of a cycle decision.'),
    interactionType,
    action: z.enum(['expand', 'keep', 'reduce', 'baseline']),
    fromLevel: level.nullable(),
    toLevel: level.nullable(),
    reason: z.string(),
    meaning: z.string().describe('What the signature meant, in one sentence.'),
    evidenceHash: z.string().nullable(),
    policyVersion: z.int(),
    decidedAt: instant,
    signer: person.describe('The last signer; system where nobody signed.'),
    effectiveAt: instant,
    validUntil: instant,
    isOverride: z.boolean().describe('It went against what the evidence recommended.'),
    requiredApprovals: z.int(),
    votes: z.array(
      z.object({
        voter: person,
        vote: z.enum(['approve', 'reject', 'abstain']),
        reason: z.string(),
        signedAt: instant,
      }),
    ),
    seq: z.int().nullable().describe('Its event in the audit trail.'),
  })
  .meta({ id: 'Decision' })

/** Who decided what, on which evidence. */
export const listDecisions = jsonOperation({
  id: 'listDecisions',
  path: '/decisions',
  scope: 'decisions:read',
  summary: 'Decisions of every kind, newest first, with who signed',
  description: 'Cycle decisions, baselines, stops, expiries and trip-wires.',
  params: none,
  query: z.strictObject({
    interactionType: interactionType.optional(),
    month: month.optional(),
    kind: kind.optional(),
    ...paging,
  }),
  response: z.object({ page: pageInfo, decisions: z.array(decision) }),
  async answer({ query }) {
    const decisions = (await listDecisionRecords(await ledger())).filter(
      (one) =>
        (query.interactionType === undefined || one.interactionType === query.interactionType) &&
        (query.month === undefined || one.month === query.month) &&
        (query.kind === undefined || one.kind === query.kind),
    )
    return {
      page: pageInfoOf(query, decisions.length),
      decisions: pageOf(decisions, query).map((one) => ({
        ...one,
        decidedAt: one.decidedAt.toISOString(),
        effectiveAt: one.effectiveAt.toISOString(),
        validUntil: one.validUntil.toISOString(),
        votes: one.votes.map((vote) => ({ ...vote, signedAt: vote.signedAt.toISOString() })),
      })),
    }
  },
})
