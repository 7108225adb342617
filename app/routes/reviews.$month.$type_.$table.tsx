import { getReviewType, type Proposal } from '#governance/review/get-review-type.ts'
import { OversightError } from '#models/oversight-error.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { guarded, readers } from '../access.server.ts'
import { gateFacts } from '../evidence/gate-facts.ts'
import { factTableCsv } from '../exports/fact-table.ts'
import { type CsvColumns, csvResponse, tableCsv } from '../exports/table-csv.ts'
import { ledger } from '../ledger.server.ts'

/** A table of one type in a review as a file, as far as its reader sees it: /reviews/2026-09/order_status/votes.csv */
export const loader = guarded(readers, async ({ params, user }) => {
  const asked = { month: parseMonth(params.month ?? ''), interactionType: params.type ?? '' }
  const { evidence, proposals } = await getReviewType(await ledger(), { ...asked, viewerId: user.id })
  const name = `oversight-review-${asked.month}-${asked.interactionType}-${params.table}`.replaceAll(/[^\w.-]+/g, '-')
  switch (params.table) {
    case 'gates.csv':
      return csvResponse(factTableCsv(gateFacts(evidence?.evaluation.gates ?? [])), name)
    case 'votes.csv': {
      const rows = proposals.flatMap((proposal) => proposal.votes.map((vote) => ({ proposal, vote })))
      return csvResponse(tableCsv(voteColumns, rows), name)
    }
    default:
      throw new OversightError('not_found', `A type in a review has no table "${params.table}".`)
  }
})

const voteColumns: CsvColumns<{ proposal: Proposal; vote: Proposal['votes'][number] }> = {
  proposal_id: ({ proposal }) => proposal.id,
  action: ({ proposal }) => proposal.action,
  proposed_by: ({ proposal }) => proposal.proposedBy.name,
  proposal_state: ({ proposal }) => proposal.state,
  voter_name: ({ vote }) => vote.voter.name,
  voter_role: ({ vote }) => vote.voter.role,
  vote: ({ vote }) => vote.vote,
  reason: ({ vote }) => vote.reason,
  evidence_sha256: ({ vote }) => vote.evidenceHash,
  signed_at: ({ vote }) => vote.signedAt,
}
