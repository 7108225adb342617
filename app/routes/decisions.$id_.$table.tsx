import type { FollowUp, MetricFollowUp } from '#governance/evaluate/follow-decision.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import type { RegisteredDecision } from '../decisions/decision-register.ts'
import { getDecisionRegister } from '../decisions.server.ts'
import { type CsvColumns, csvResponse, tableCsv } from '../exports/table-csv.ts'
import { getScoreboard } from '../scoreboard.server.ts'

/** A table of one decision as a file: /decisions/ID/votes.csv */
export const loader = guarded(readers, async ({ params }) => {
  const decision = (await getDecisionRegister()).find(({ id }) => id === params.id)
  if (decision === undefined) throw new OversightError('not_found', 'There is no such decision.')
  const named = (text: string) => csvResponse(text, `oversight-decision-${decision.id}-${params.table}`)
  switch (params.table) {
    case 'votes.csv':
      return named(tableCsv(voteColumns, decision.votes))
    case 'follow-ups.csv': {
      const followUps = (await getScoreboard([decision])).followUps.get(decision.id) ?? []
      const rows = followUps.flatMap(({ days, months, metrics }) =>
        metrics.map((followed) => ({ days, months, followed })),
      )
      return named(tableCsv(followUpColumns, rows))
    }
    default:
      throw new OversightError('not_found', `A decision has no table "${params.table}".`)
  }
})

const voteColumns: CsvColumns<RegisteredDecision['votes'][number]> = {
  voter_name: (row) => row.voter.name,
  voter_role: (row) => row.voter.role,
  vote: (row) => row.vote,
  reason: (row) => row.reason,
  signed_at: (row) => row.signedAt,
}

const followUpColumns: CsvColumns<Pick<FollowUp, 'days' | 'months'> & { followed: MetricFollowUp }> = {
  days: (row) => row.days,
  months: (row) => row.months.join(';'),
  metric: (row) => row.followed.metric,
  before_value: (row) => row.followed.before,
  before_count: (row) => row.followed.beforeCount,
  after_value: (row) => row.followed.after,
  after_count: (row) => row.followed.afterCount,
  difference: (row) => row.followed.difference,
  difference_lower: (row) => row.followed.lower,
  difference_upper: (row) => row.followed.upper,
  verdict: (row) => row.followed.verdict,
}
