import type { Kysely } from 'kysely'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import type { TouchedStarts } from './update-contact-stages.ts'

const hour = 60 * 60 * 1000
const windowsHours = [24, 48, 168] as const
const chainHours = 48

/**
 * Adds to `touched_starts` the contacts that became mature for one of the windows, or their chain complete, because the
 * watermark moved; either way.
 */
export async function findMaturedContacts(db: Kysely<WarehouseSchema>, from: Date, to: Date): Promise<void> {
  const [earlier, later] = [from.getTime(), to.getTime()].sort((one, other) => one - other) as [number, number]
  if (earlier === later) return
  const insert = db.withTables<TouchedStarts>().insertInto('touched_starts')
  for (const hours of windowsHours) {
    const after = new Date(earlier - hours * hour)
    const through = new Date(later - hours * hour)
    const ended = db
      .selectFrom('interactions')
      .where('ended_at', '>', after)
      .where('ended_at', '<=', through)
      .select('started_at')
    const endless = db
      .selectFrom('interactions')
      .where('ended_at', 'is', null)
      .where('started_at', '>', after)
      .where('started_at', '<=', through)
      .select('started_at')
    await insert.expression(ended.union(endless)).execute()
  }
  await insert
    .expression(
      db
        .selectFrom('repeat_chains')
        .where('chain_finished_at', '>', new Date(earlier - chainHours * hour))
        .where('chain_finished_at', '<=', new Date(later - chainHours * hour))
        .select('started_at'),
    )
    .execute()
}
