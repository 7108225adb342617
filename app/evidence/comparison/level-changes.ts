import { addMonths, type Month, monthEnd, monthOf } from '#models/reporting-month.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'

/**
 * By type, the last whole month before its level last changed, as far as it changed by the end of the month. The first
 * level of a type is no change: it states what was so.
 */
export function monthsBeforeLevelChange(
  levels: readonly LevelsInForceTable[],
  month: Month,
  timeZone: string,
): ReadonlyMap<string, Month> {
  const end = monthEnd(month, timeZone)
  const ofType = new Map<string, LevelsInForceTable[]>()
  for (const level of levels) ofType.set(level.interaction_type, [...(ofType.get(level.interaction_type) ?? []), level])
  return new Map(
    [...ofType].flatMap(([interactionType, intervals]) => {
      const changes = intervals
        .toSorted((a, b) => a.effective_from.getTime() - b.effective_from.getTime())
        .filter((one, index, all) => index > 0 && one.oversight_level !== all[index - 1]?.oversight_level)
      const last = changes.findLast(({ effective_from }) => effective_from < end)
      return last === undefined
        ? []
        : [[interactionType, addMonths(monthOf(last.effective_from, timeZone), -1)] as const]
    }),
  )
}
