import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'

/** What contacts can be filtered by, as far as the data hold it; sorted. */
export interface ContactValues {
  channels: readonly string[]
  customerTiers: readonly string[]
  /** Of contacts in which the AI took part. */
  aiVersions: readonly string[]
}

export async function listContactValues(db: Kysely<WarehouseSchema>): Promise<ContactValues> {
  const [rows, versions] = await Promise.all([
    db.selectFrom('daily_counts').select(['channel', 'customer_tier']).distinct().execute(),
    db.selectFrom('monthly_ai_versions').select('ai_version').distinct().execute(),
  ])
  const sorted = (values: readonly string[]) => [...new Set(values)].sort()
  return {
    channels: sorted(rows.map(({ channel }) => channel)),
    customerTiers: sorted(rows.map(({ customer_tier }) => customer_tier)),
    aiVersions: sorted(versions.map(({ ai_version }) => ai_version)),
  }
}
