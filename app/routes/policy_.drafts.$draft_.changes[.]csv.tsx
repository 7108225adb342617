import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { type PolicyChange, policyChanges } from '../policy/policy-changes.ts'
import { getDraft } from '../policy-draft.server.ts'

/** What a draft changes as a file, each value with what it was. */
export const loader = guarded(readers, async ({ params }) => {
  const { draft, before } = await getDraft(params.draft ?? '')
  const changes = policyChanges(before, draft.policy)
  return csvResponse(tableCsv(columns, changes), `oversight-policy-${draft.policy.version}-changes.csv`)
})

const columns = {
  path: (row: PolicyChange) => row.path,
  what: (row) => row.what,
  before: (row) => row.before,
  after: (row) => row.after,
} satisfies Parameters<typeof tableCsv<PolicyChange>>[0]
