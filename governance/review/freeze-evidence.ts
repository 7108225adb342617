import { OversightError } from '#models/oversight-error.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { actAs, type By } from '../accounts/acting-user.ts'
import { recordEvent, type Wrote } from '../audit/record-event.ts'
import type { TypeEvaluation, TypeHistory, TypeStanding } from '../evaluate/evaluation.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { findCurrentEvidence } from './current-evidence.ts'
import { freezeEvidenceParts } from './frozen-evidence.ts'
import { findCycleDecision, getOpenReview } from './get-open-review.ts'
import { findPolicy } from './published-policy.ts'

export interface FreezeInput {
  month: string
  evaluations: readonly TypeEvaluation[]
  histories: readonly TypeHistory[]
  standings: readonly TypeStanding[]
  snapshot: SnapshotInfo
  /** By type: who reviewed more than half of its sample, as the source names them. */
  majorityReviewers?: ReadonlyMap<string, string>
  /** By type: keys of the contacts of the window that failed, for voters to look at. */
  failingCases?: ReadonlyMap<string, readonly string[]>
  /** Freezes this type alone; the others keep their evidence, and with it their votes. */
  only?: string | undefined
  by: By
}

export interface FreezeOutcome {
  interactionType: string
  /** decided: its evidence stays as it was when it was signed. */
  outcome: 'frozen' | 'revised' | 'unchanged' | 'decided'
}

/**
 * Freezes the evidence of every type of an open review, or freezes it again after a publish: the same content changes
 * nothing (a mere new snapshot included), other content becomes a new revision and makes open proposals stale. A type
 * seen only now joins the review. Throws not_found, conflict (closed, or a level changed since the evaluation).
 */
export async function freezeEvidence(ledger: Ledger, input: FreezeInput, clock: Clock): Promise<FreezeOutcome[]> {
  const month = parseMonth(input.month)
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'reviewer', 'operator', 'system'], 'freeze evidence')
    const review = await getOpenReview(db, month)
    const policy = await findPolicy(db, review.policy_version)
    if (policy === undefined) throw new OversightError('internal', `Policy ${review.policy_version} is not stored.`)
    const members = await memberTypes(db, month)
    const evaluated = new Set(input.evaluations.map((evaluation) => evaluation.interactionType))
    const forgotten = [...members].find((type) => !evaluated.has(type))
    if (forgotten !== undefined) {
      throw new OversightError('bad_input', `${forgotten} belongs to the review of ${month} but was not evaluated.`)
    }
    const outcomes: FreezeOutcome[] = []
    for (const evaluation of input.evaluations) {
      const { interactionType } = evaluation
      if (input.only !== undefined && interactionType !== input.only) continue
      if ((await findCycleDecision(db, month, interactionType)) !== undefined) {
        outcomes.push({ interactionType, outcome: 'decided' })
        continue
      }
      const standing = standingOf(input, interactionType)
      await refuseOldStanding(db, standing)
      const parts = freezeEvidenceParts({
        month,
        policy: { version: review.policy_version, sha256: policy.contentSha256 },
        reportingTimeZone: review.reporting_time_zone,
        standing,
        evaluation,
        history: input.histories.find((history) => history.interactionType === interactionType) ?? {
          interactionType,
          months: [],
        },
        majorityReviewer: input.majorityReviewers?.get(interactionType) ?? null,
        failingCases: input.failingCases?.get(interactionType) ?? [],
        snapshot: input.snapshot,
      })
      const current = await findCurrentEvidence(db, month, interactionType)
      if (current?.content_sha256 === parts.content_sha256) {
        outcomes.push({ interactionType, outcome: 'unchanged' })
        continue
      }
      const wrote: Wrote[] = []
      if (!members.has(interactionType)) {
        await db.insertInto('review_types').values({ review_month: month, interaction_type: interactionType }).execute()
        wrote.push(['review_types', month, interactionType])
      }
      const revision = (current?.revision ?? 0) + 1
      const evidenceId = clock.newId()
      await db
        .insertInto('evidence')
        .values({
          evidence_id: evidenceId,
          review_month: month,
          interaction_type: interactionType,
          revision,
          ...parts,
          frozen_at: clock.now.toISOString(),
          frozen_by: actor.id,
        })
        .execute()
      await recordEvent(
        db,
        clock,
        actor,
        {
          action: 'evidence-frozen',
          object: { type: 'evidence', id: evidenceId },
          data: {
            month,
            interactionType,
            revision,
            contentSha256: parts.content_sha256,
            provenanceSha256: parts.provenance_sha256,
            policyVersion: review.policy_version,
            recommendation: evaluation.recommendation,
          },
        },
        ['evidence', evidenceId],
        ...wrote,
      )
      outcomes.push({ interactionType, outcome: current === undefined ? 'frozen' : 'revised' })
    }
    return outcomes
  })
}

async function memberTypes(db: LedgerTransaction, month: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('review_types')
    .select('interaction_type')
    .where('review_month', '=', month)
    .execute()
  return new Set(rows.map((row) => row.interaction_type))
}

function standingOf(input: FreezeInput, interactionType: string): TypeStanding {
  return (
    input.standings.find((standing) => standing.interactionType === interactionType) ?? {
      interactionType,
      isRegistered: false,
      riskTier: null,
      ceiling: null,
      level: null,
      levelSince: null,
      isBaseline: false,
    }
  )
}

async function refuseOldStanding(db: LedgerTransaction, standing: TypeStanding): Promise<void> {
  const inForce = await findOpenLevel(db, standing.interactionType)
  if ((inForce?.level ?? null) === standing.level) return
  throw new OversightError(
    'conflict',
    `The level of ${standing.interactionType} changed while it was evaluated. Freeze the evidence again.`,
  )
}
