import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import { isBelow } from '../evaluate/levels.ts'

/** Whether more autonomy than now was in force at any time after the instant; false where no level is in force. */
export function isLoweredSince(levels: readonly LevelsInForceTable[], since: Date): boolean {
  const now = levels.find(({ effective_to }) => effective_to === null)
  return (
    now !== undefined &&
    levels.some(
      ({ oversight_level, effective_to }) =>
        effective_to !== null && effective_to > since && isBelow(now.oversight_level, oversight_level),
    )
  )
}
