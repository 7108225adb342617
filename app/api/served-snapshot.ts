import type { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { snapshotInfo } from '../warehouse.server.ts'
import type { snapshot } from './fields.ts'

/** The snapshot of this request. Throws not_found before the first load. */
export async function servedSnapshot(): Promise<z.input<typeof snapshot>> {
  const info = await snapshotInfo()
  if (info === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  return {
    id: info.snapshotId,
    createdAt: info.createdAt.toISOString(),
    reportingTimeZone: info.reportingTimeZone,
    loadedThrough: info.loadedThrough?.toISOString() ?? null,
    matureThrough: info.matureThrough?.toISOString() ?? null,
  }
}
