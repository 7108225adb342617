import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { listDecisions } from '#governance/review/list-decisions.ts'
import { listChangeEvents } from '#models/change-events/list-change-events.ts'
import type { Month } from '#models/reporting-month.ts'
import { levelRibbon } from './evidence/type/chart-moment.ts'
import type { ChartAnnotations } from './evidence/type/control-chart-views.ts'
import { typeHistory } from './evidence/type/type-history.ts'
import { ledger } from './ledger.server.ts'
import { reportingTimeZone } from './reporting-time-zone.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

/** Decisions, changes and levels of one type as its charts show them, lettered as on its page. `months`: those drawn. */
export async function getChartAnnotations(
  interactionType: string,
  months: readonly Month[],
): Promise<ChartAnnotations> {
  const [from, through] = [months[0], months.at(-1)]
  if (from === undefined || through === undefined) return { events: [], ribbon: [] }
  const [{ db }, governance, timeZone] = await Promise.all([currentWarehouse(), ledger(), reportingTimeZone()])
  const [decisions, changes, levels] = await Promise.all([
    listDecisions(governance, { interactionType }),
    listChangeEvents(db, { from, through, reportingTimeZone: timeZone, interactionType }),
    listLevelsInForce(governance),
  ])
  return {
    events: typeHistory(decisions, changes, months, timeZone).flags,
    ribbon: levelRibbon(levels, interactionType, months, timeZone),
  }
}
