import { listPolicyDrafts, type PolicyDraft } from '#governance/policy/list-policy-drafts.ts'
import type { PublishedPolicy } from '#governance/review/published-policy.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { type CsvColumns, csvResponse, tableCsv } from '../exports/table-csv.ts'
import { ledger } from '../ledger.server.ts'
import { type GateRule, gateRules } from '../policy/gate-rules.ts'
import { type SegmentRules, segmentRules } from '../policy/segment-rules.ts'
import { getShownPolicy } from '../shown-policy.server.ts'

/** A table of the policy as a file, of the version in the address: /policy/tables/gates.csv?version=2 */
export const loader = guarded(readers, async ({ request, params }) => {
  const { shown, published } = await getShownPolicy(new URL(request.url).searchParams)
  const { policy } = shown
  switch (params.table) {
    case 'gates.csv':
      return csvResponse(tableCsv(gateColumns, gateRules(policy)), `oversight-policy-${policy.version}-gates.csv`)
    case 'segments.csv': {
      const rules = segmentRules(policy)?.rules ?? []
      return csvResponse(tableCsv(segmentColumns, rules), `oversight-policy-${policy.version}-segments.csv`)
    }
    case 'versions.csv':
      return csvResponse(tableCsv(versionColumns, published), 'oversight-policy-versions.csv')
    case 'drafts.csv':
      return csvResponse(tableCsv(draftColumns, await listPolicyDrafts(await ledger())), 'oversight-policy-drafts.csv')
    default:
      throw new OversightError('not_found', `The policy has no table "${params.table}".`)
  }
})

const limitOf = (tier: 'low' | 'medium' | 'high') => (row: GateRule) =>
  typeof row.limit === 'string' ? row.limit : row.limit[tier]

const gateColumns: CsvColumns<GateRule> = {
  gate: (row) => row.gate,
  name: (row) => row.name,
  limit_low_risk: limitOf('low'),
  limit_medium_risk: limitOf('medium'),
  limit_high_risk: limitOf('high'),
  proof: (row) => row.proof,
  effect: (row) => row.effect,
  is_shadow: (row) => row.isShadow,
}

const segmentColumns: CsvColumns<SegmentRules['rules'][number]> = {
  segment: (row) => row.segment,
  ceiling: (row) => row.ceiling,
  effect: (row) => row.effect,
}

const versionColumns: CsvColumns<PublishedPolicy> = {
  version: (row) => row.policy.version,
  name: (row) => row.policy.name,
  effective_month: (row) => row.effectiveMonth,
  published_at: (row) => row.publishedAt,
  published_by_id: (row) => row.publishedBy,
  content_sha256: (row) => row.contentSha256,
}

const draftColumns: CsvColumns<PolicyDraft> = {
  draft_id: (row) => row.id,
  version: (row) => row.policy.version,
  reason: (row) => row.reason,
  author_name: (row) => row.author.name,
  drafted_at: (row) => row.draftedAt,
  approval_count: (row) => row.approvals.length,
  state: (row) => row.state,
}
