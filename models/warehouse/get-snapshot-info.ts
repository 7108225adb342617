import type { Kysely } from 'kysely'
import { OversightError } from '../oversight-error.ts'
import type { WarehouseSchema } from './warehouse-schema.ts'

/** What a snapshot is and how far its facts reach. */
export interface SnapshotInfo {
  snapshotId: number
  createdAt: Date
  reportingTimeZone: string
  /** Nothing before this is still missing; null in an empty warehouse. */
  loadedThrough: Date | null
  /** Contacts before this no longer change. */
  matureThrough: Date | null
}

/** Throws not_found when the models were never built. */
export async function getSnapshotInfo(db: Kysely<WarehouseSchema>): Promise<SnapshotInfo> {
  const row = await db.selectFrom('snapshot_info').selectAll().executeTakeFirst()
  if (row === undefined) {
    throw new OversightError('not_found', 'This warehouse holds no built models yet. Run "oversight models build".')
  }
  return {
    snapshotId: row.snapshot_id,
    createdAt: row.created_at,
    reportingTimeZone: row.reporting_time_zone,
    loadedThrough: row.loaded_through,
    matureThrough: row.mature_through,
  }
}
