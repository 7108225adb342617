import type { Kysely } from 'kysely'
import type { StatedClass } from '../evaluate/risk-class.ts'
import type { LedgerSchema, TypeFactsTable } from '../ledger/ledger-schema.ts'

/** What the registry states of a type beside its duties, newest version. */
export interface TypeFacts extends StatedClass {
  /** 1, 2, ... */
  version: number
  riskClassReason: string
  /** What the AI may answer from. */
  knowledgeSources: string
  /** "100 EUR": what the AI may not decide over; null for none. */
  moneyLimit: string | null
  recordedAt: Date
}

/** The newest facts by type. */
export async function listTypeFacts(db: Kysely<LedgerSchema>): Promise<Map<string, TypeFacts>> {
  const rows = await db.selectFrom('type_facts').selectAll().orderBy('version').execute()
  return new Map(rows.map((row) => [row.interaction_type, toTypeFacts(row)]))
}

/** The newest facts of one type; undefined when nothing is stated. */
export async function findTypeFacts(db: Kysely<LedgerSchema>, interactionType: string): Promise<TypeFacts | undefined> {
  const row = await db
    .selectFrom('type_facts')
    .selectAll()
    .where('interaction_type', '=', interactionType)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : toTypeFacts(row)
}

function toTypeFacts(row: TypeFactsTable): TypeFacts {
  return {
    version: row.version,
    riskClass: row.risk_class,
    riskClassReason: row.risk_class_reason,
    hasLegalEffect: row.has_legal_effect === 1,
    knowledgeSources: row.knowledge_sources,
    moneyLimit: row.money_limit,
    recordedAt: new Date(row.recorded_at),
  }
}
