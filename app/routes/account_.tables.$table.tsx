import type { OpenSession } from '#governance/accounts/sessions.ts'
import { listVotesOf, type VoteOfPerson } from '#governance/review/list-votes-of.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { type CsvColumns, csvResponse, tableCsv } from '../exports/table-csv.ts'
import { ledger } from '../ledger.server.ts'
import { sessionsOf } from '../session.server.ts'

/** A table of one's own account as a file: /account/tables/votes.csv */
export const loader = guarded(readers, async ({ request, params, user }) => {
  switch (params.table) {
    case 'votes.csv':
      return csvResponse(tableCsv(voteColumns, await listVotesOf(await ledger(), user.id)), 'oversight-my-votes.csv')
    case 'sessions.csv':
      return csvResponse(tableCsv(sessionColumns, await sessionsOf(request)), 'oversight-my-sessions.csv')
    default:
      throw new OversightError('not_found', `An account has no table "${params.table}".`)
  }
})

const voteColumns: CsvColumns<VoteOfPerson> = {
  interaction_type: (row) => row.interactionType,
  review_month: (row) => row.month,
  vote: (row) => row.vote,
  meaning: (row) => row.meaning,
  reason: (row) => row.reason,
  signed_at: (row) => row.signedAt,
}

const sessionColumns: CsvColumns<OpenSession> = {
  created_at: (row) => row.createdAt,
  last_seen_at: (row) => row.lastSeenAt,
  expires_at: (row) => row.expiresAt,
  is_current: (row) => row.isCurrent,
}
