/** open: takes votes. stale: its evidence changed and approvals lapsed. The others are final. */
export type ProposalState = 'open' | 'decided' | 'rejected' | 'withdrawn' | 'stale'

/** Where a proposal stands, from what happened to it. */
export function proposalState(facts: {
  isDecided: boolean
  isWithdrawn: boolean
  isEvidenceCurrent: boolean
  hasRejection: boolean
  needsQuorum: boolean
}): ProposalState {
  if (facts.isDecided) return 'decided'
  if (facts.isWithdrawn) return 'withdrawn'
  if (facts.needsQuorum && facts.hasRejection) return 'rejected'
  return facts.isEvidenceCurrent ? 'open' : 'stale'
}
