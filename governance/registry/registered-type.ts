import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { InteractionTypesTable } from '../ledger/ledger-schema.ts'
import type { RiskTier } from '../policy/policy.ts'
import type { TypeFacts } from './type-facts.ts'

/** One interaction type of the registry: who answers for it and what the AI may do there. */
export interface RegisteredType {
  interactionType: string
  area: string
  riskTier: RiskTier
  /** Highest level it may ever reach. */
  ceiling: OversightLevel
  ownerId: string
  ownerName: string
  aiDoes: string
  humansDo: string
  requiredControls: string
  /** Customers are told that they talk to an AI (EU AI Act, article 50). */
  isDisclosureAttested: boolean
  registeredAt: Date
  /** Risk class, legal effect, knowledge sources, money limit; null: not stated. */
  facts: TypeFacts | null
}

export function toRegisteredType(
  row: InteractionTypesTable & { owner_name: string },
  facts: TypeFacts | undefined,
): RegisteredType {
  return {
    interactionType: row.interaction_type,
    area: row.area,
    riskTier: row.risk_tier,
    ceiling: row.ceiling,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    aiDoes: row.ai_does,
    humansDo: row.humans_do,
    requiredControls: row.required_controls,
    isDisclosureAttested: row.is_disclosure_attested === 1,
    registeredAt: new Date(row.registered_at),
    facts: facts ?? null,
  }
}
