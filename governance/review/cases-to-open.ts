import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema, ProposalAction } from '../ledger/ledger-schema.ts'
import { defaultCasesBeforeVote } from '../policy/cases-before-vote.ts'
import { drawCases } from './failing-cases.ts'
import type { FrozenEvidence } from './frozen-evidence.ts'
import { findPolicy } from './published-policy.ts'

/** One failed contact that a person was drawn to look at. */
export interface DrawnCase {
  caseKey: string
  /** null until they opened it. */
  openedAt: Date | null
}

/** What was drawn for this person in this review of this type, and what of it they opened. */
export async function listDrawnCases(
  db: Kysely<LedgerSchema>,
  evidence: Pick<FrozenEvidence, 'month' | 'interactionType' | 'failingCases' | 'policyVersion'>,
  voterId: string,
): Promise<DrawnCase[]> {
  const { month, interactionType, failingCases, policyVersion } = evidence
  if (failingCases.length === 0) return []
  const published = await findPolicy(db, policyVersion)
  const count = published?.policy.casesBeforeVote ?? defaultCasesBeforeVote
  const rows = await db
    .selectFrom('review_openings')
    .select(['subject', 'opened_at'])
    .where('review_month', '=', month)
    .where('interaction_type', '=', interactionType)
    .where('opener_id', '=', voterId)
    .execute()
  const openedAt = new Map(rows.map((row) => [row.subject, new Date(row.opened_at)]))
  return drawCases(failingCases, { month, interactionType, voterId, count }).map((key) => ({
    caseKey: key,
    openedAt: openedAt.get(key) ?? null,
  }))
}

/**
 * Throws conflict while failed contacts drawn for this person are unopened. Never where the proposal is to reduce:
 * what makes things safer is not slowed down.
 */
export async function refuseUnopenedCases(
  db: Kysely<LedgerSchema>,
  input: { action: ProposalAction; evidence: FrozenEvidence; voterId: string },
): Promise<void> {
  if (input.action === 'reduce') return
  const drawn = await listDrawnCases(db, input.evidence, input.voterId)
  const left = drawn.filter(({ openedAt }) => openedAt === null).length
  if (left === 0) return
  throw new OversightError(
    'conflict',
    `Nothing was signed: first open the failed contacts that were drawn for you, ${left} of ${drawn.length} ${left === 1 ? 'is' : 'are'} left.`,
  )
}
