import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { listAuditEvents } from '../audit/list-audit-events.ts'
import type { GateResult } from '../evaluate/evaluation.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { defaultCasesBeforeVote } from '../policy/cases-before-vote.ts'
import { diffPolicies, type PolicyDifference } from '../policy/diff-policies.ts'
import { listPolicyDrafts } from '../policy/list-policy-drafts.ts'
import type { Policy } from '../policy/policy.ts'
import { listRegisteredTypes } from '../registry/list-registered-types.ts'
import type { RegisteredType } from '../registry/registered-type.ts'
import { type DecisionRecord, listDecisionRecords } from '../review/list-decision-records.ts'
import { listFrozenEvaluations } from '../review/list-frozen-evaluations.ts'
import { findNewestReviewMonth } from '../review/newest-review.ts'
import { listPolicies } from '../review/published-policy.ts'
import { describeTripWire } from '../review/trip-wire.ts'
import { tripWiresInForce } from '../review/trip-wires-in-force.ts'

/** What a buyer or an auditor asks for about how the AI is overseen, from the ledger alone. */
export interface ProofPack {
  responsibilities: (Omit<RegisteredType, 'ownerId'> & { level: OversightLevel | null; levelSince: Date | null })[]
  escalation: {
    /** Steps the type down by itself. */
    tripWires: { interactionType: string; conditions: string[] }[]
    /** A person may reduce a type at once; another approver looks at it within so many working days. */
    stopApprovalWorkingDays: number
    validityMonths: number
  }
  sampling: {
    casesBeforeVote: number
    minimumCompletion: number
    windowMonths: number
    /** Of the newest review; null before the first. */
    month: string | null
    types: {
      interactionType: string
      reviews: number | null
      errors: number | null
      limit: number | null
      verdict: GateResult['verdict'] | null
      /** What more would have to be reviewed to tell; null where it can be told. */
      plan: string | null
    }[]
  }
  policies: {
    version: number
    name: string
    effectiveMonth: string
    publishedAt: Date
    contentSha256: string
    /** Against the version before; empty for the first. */
    changes: PolicyDifference[]
    reason: string | null
    author: string | null
    approvers: string[]
    content: Policy
  }[]
  decisions: DecisionRecord[]
  /** Changes of the registry, the levels and the policy, newest first. */
  changes: {
    seq: number
    at: string
    by: string
    action: string
    about: string
    data: Readonly<Record<string, unknown>>
  }[]
}

const changeActions = [
  'type-registered',
  'type-changed',
  'type-facts-recorded',
  'level-changed',
  'policy-published',
  'type-stopped',
] as const
const mostChanges = 10_000

/** Reads the whole pack. `stopApprovalWorkingDays` is that of the stop. */
export async function getProofPack(
  ledger: Pick<Ledger, 'db'>,
  { stopApprovalWorkingDays }: { stopApprovalWorkingDays: number },
): Promise<ProofPack> {
  const { db } = ledger
  const registered = await listRegisteredTypes(ledger)
  const published = await listPolicies(db)
  const current = published[0]?.policy
  const drafts = await listPolicyDrafts(ledger)
  const month = (await findNewestReviewMonth(db)) ?? null
  const evaluations = month === null ? new Map() : await listFrozenEvaluations(db, month)
  const responsibilities: ProofPack['responsibilities'] = []
  const tripWires: ProofPack['escalation']['tripWires'] = []
  for (const { ownerId: _ownerId, ...type } of registered) {
    const inForce = await findOpenLevel(db, type.interactionType)
    responsibilities.push({ ...type, level: inForce?.level ?? null, levelSince: inForce?.since ?? null })
    const wires = (await tripWiresInForce(db, type.interactionType))?.wires ?? []
    if (wires.length > 0)
      tripWires.push({ interactionType: type.interactionType, conditions: wires.map(describeTripWire) })
  }
  return {
    responsibilities,
    escalation: { tripWires, stopApprovalWorkingDays, validityMonths: current?.validityMonths ?? 0 },
    sampling: {
      casesBeforeVote: current?.casesBeforeVote ?? defaultCasesBeforeVote,
      minimumCompletion: current?.gates.G7.minimumCompletion ?? 0,
      windowMonths: current?.windowMonths ?? 0,
      month,
      types: [...evaluations].map(([interactionType, { gates }]) => {
        const gate = (gates as readonly GateResult[]).find((each) => each.gate === 'G1')
        return {
          interactionType,
          reviews: gate?.denominator ?? null,
          errors: gate?.numerator ?? null,
          limit: gate?.limit ?? null,
          verdict: gate?.verdict ?? null,
          plan: gate?.cure ?? null,
        }
      }),
    },
    policies: published.map((each, index) => {
      const before = published[index + 1]?.policy
      const draft = drafts.find(({ contentHash }) => contentHash === each.contentSha256)
      return {
        version: each.policy.version,
        name: each.policy.name,
        effectiveMonth: each.effectiveMonth,
        publishedAt: each.publishedAt,
        contentSha256: each.contentSha256,
        changes: before === undefined ? [] : diffPolicies(before, each.policy),
        reason: draft?.reason ?? null,
        author: draft?.author.name ?? null,
        approvers: draft?.approvals.map(({ name }) => name) ?? [],
        content: each.policy,
      }
    }),
    decisions: await listDecisionRecords(ledger),
    changes: await listChanges(ledger),
  }
}

async function listChanges(ledger: Pick<Ledger, 'db'>): Promise<ProofPack['changes']> {
  const found: ProofPack['changes'] = []
  for (const action of changeActions) {
    const { events } = await listAuditEvents(ledger, { page: 1, pageSize: mostChanges, action })
    for (const { seq, ts, actor, object, data } of events) {
      found.push({ seq, at: ts, by: `${actor.name}, ${actor.role}`, action, about: object.id, data })
    }
  }
  return found.sort((a, b) => b.seq - a.seq)
}
