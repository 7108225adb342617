import type { User } from '#governance/accounts/user.ts'
import type { Recommendation } from '#governance/evaluate/evaluation.ts'
import type { ProposalState } from '#governance/review/proposal-state.ts'
import type { StatusKind } from './components/status.tsx'

/** Where the page of a month's review is. */
export function reviewHref(month: string): string {
  return `/reviews/${month}`
}

/** Where one type of a month's review is decided. */
export function reviewTypeHref(month: string, interactionType: string): string {
  return `/reviews/${month}/${encodeURIComponent(interactionType)}`
}

export const actionWords: Readonly<Record<Recommendation, string>> = {
  expand: 'Expand',
  keep: 'Keep',
  reduce: 'Reduce',
}

/** What a type of an open review waits for, or how it ended. */
export interface Standing {
  kind: StatusKind
  word: string
}

interface TypeInReview {
  isRegistered: boolean
  level: string | null
  recommendation: Recommendation | null
  proposal: { action: Recommendation; state: ProposalState; approvals: number | null; requiredApprovals: number } | null
  decision: { action: Recommendation | 'baseline' } | null
}

/** In a few words, for lists. */
export function standingOf(type: TypeInReview): Standing {
  if (type.decision !== null) return { kind: 'pass', word: 'Decided' }
  if (!type.isRegistered) return { kind: 'unregistered', word: 'Unregistered' }
  if (type.recommendation === null) return { kind: 'none', word: 'No evidence yet' }
  const { proposal } = type
  if (proposal === null) return { kind: 'provisional', word: 'To propose' }
  if (proposal.state === 'open') {
    const { approvals, requiredApprovals } = proposal
    // Others' votes are hidden until one's own is cast.
    const word = approvals === null ? 'Takes votes' : `${approvals} of ${requiredApprovals} approvals`
    return { kind: 'provisional', word }
  }
  if (proposal.state === 'stale') return { kind: 'inconclusive', word: 'Stale: evidence changed' }
  if (proposal.state === 'rejected') return { kind: 'fail', word: 'Rejected, propose again' }
  return { kind: 'provisional', word: 'To propose' }
}

/** Roles that may open and close a review, freeze its evidence. */
export function mayOpenReview(user: Pick<User, 'roles'>): boolean {
  return user.roles.some((role) => role === 'approver' || role === 'reviewer' || role === 'operator')
}

const urgency: readonly (Recommendation | null)[] = ['reduce', 'expand', 'keep', null]

/** What changes something first, then by name. */
export function byUrgency(
  a: { recommendation: Recommendation | null; interactionType: string },
  b: { recommendation: Recommendation | null; interactionType: string },
): number {
  return (
    urgency.indexOf(a.recommendation) - urgency.indexOf(b.recommendation) ||
    a.interactionType.localeCompare(b.interactionType, 'en')
  )
}
