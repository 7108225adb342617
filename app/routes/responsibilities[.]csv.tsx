import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { listResponsibilities, type Responsibility } from '../responsibilities.server.ts'

/** The registry as a file. */
export const loader = guarded(readers, async () =>
  csvResponse(tableCsv(columns, await listResponsibilities()), 'oversight-responsibilities.csv'),
)

const columns = {
  interaction_type: (row: Responsibility) => row.interactionType,
  area: (row) => row.area,
  level: (row) => row.level,
  ceiling: (row) => row.ceiling,
  risk_tier: (row) => row.riskTier,
  risk_class: (row) => row.facts?.riskClass ?? null,
  has_legal_effect: (row) => row.facts?.hasLegalEffect ?? null,
  ai_does: (row) => row.aiDoes,
  humans_do: (row) => row.humansDo,
  required_controls: (row) => row.requiredControls,
  money_limit: (row) => row.facts?.moneyLimit || null,
  knowledge_sources: (row) => row.facts?.knowledgeSources || null,
  owner_name: (row) => row.ownerName,
  is_disclosure_attested: (row) => row.isDisclosureAttested,
  registered_at: (row) => row.registeredAt,
} satisfies Parameters<typeof tableCsv<Responsibility>>[0]
