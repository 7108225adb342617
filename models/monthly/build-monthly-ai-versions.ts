import type { Warehouse } from '../warehouse/open-warehouse.ts'

/** Grain: month x type x AI version, AI-participated contacts only. Fills the empty table from `daily_counts`. */
export async function buildMonthlyAiVersions(warehouse: Pick<Warehouse, 'db'>): Promise<void> {
  const { db } = warehouse
  await db
    .insertInto('monthly_ai_versions')
    .columns(['contact_month', 'interaction_type', 'ai_version', 'contact_count'])
    .expression(
      db
        .selectFrom('daily_counts')
        .where('handled_by', 'in', ['ai', 'ai_assisted'])
        .select(['contact_month', 'interaction_type', 'ai_version'])
        .select((eb) => eb.fn.sum<number>('contact_count').as('contact_count'))
        .groupBy(['contact_month', 'interaction_type', 'ai_version']),
    )
    .execute()
}
