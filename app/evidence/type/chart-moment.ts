import { monthEnd, monthOf, monthStart } from '#models/reporting-month.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import type { ChartMoment } from '../../charts/chart-frame.ts'
import type { RibbonPart } from '../../charts/level-ribbon.tsx'

/** An instant as month and share of the month gone by, in the reporting time zone. */
export function chartMoment(instant: Date, timeZone: string): ChartMoment {
  const month = monthOf(instant, timeZone)
  const start = monthStart(month, timeZone).getTime()
  return { month, fraction: (instant.getTime() - start) / (monthEnd(month, timeZone).getTime() - start) }
}

/** The levels of one type as far as they lie in the months drawn; ends beyond the months are open. */
export function levelRibbon(
  levels: readonly LevelsInForceTable[],
  interactionType: string,
  months: readonly string[],
  timeZone: string,
): RibbonPart[] {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  return levels
    .filter((level) => level.interaction_type === interactionType)
    .flatMap((level) => {
      const from = chartMoment(level.effective_from, timeZone)
      const through = level.effective_to === null ? null : chartMoment(level.effective_to, timeZone)
      if (from.month > last || (through !== null && through.month < first)) return []
      return [
        {
          level: level.oversight_level,
          from: from.month < first ? null : from,
          through: through === null || through.month > last ? null : through,
        },
      ]
    })
}
