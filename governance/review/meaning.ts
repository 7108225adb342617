import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { ProposalAction, VoteChoice } from '../ledger/ledger-schema.ts'
import { levelWords } from '../levels/level-words.ts'

const verbs: Record<VoteChoice, string> = { approve: 'approved', reject: 'rejected', abstain: 'abstained from' }

/** What a signature means (21 CFR 11.50): "approved expanding refund_request to in-the-loop". */
export function meaningOf(
  vote: VoteChoice,
  proposal: { action: ProposalAction; interactionType: string; toLevel: OversightLevel | null },
): string {
  const { action, interactionType, toLevel } = proposal
  const level = toLevel === null ? 'without a level' : levelWords[toLevel]
  const act =
    action === 'keep'
      ? `keeping ${interactionType} ${level}`
      : `${action === 'expand' ? 'expanding' : 'reducing'} ${interactionType} to ${level}`
  return `${verbs[vote]} ${act}`
}
