import { createElement } from 'react'
import type { Month } from '#models/reporting-month.ts'
import { OverviewContent } from './components/evidence/overview-content.tsx'
import { drawPart } from './draw-part.server.ts'
import type { FilterBarView } from './evidence/filter/filter-menus.ts'
import { metricDefinitions } from './evidence/metric-definitions.ts'
import { oncePerState } from './once-per-state.server.ts'
import { getFilteredOverview } from './overview.server.ts'

interface DrawnOverview {
  month: Month
  bar: FilterBarView
  drawn: string
}

/** The overview as the address asks for it, drawn once for everybody. Throws bad_input for a filter that cannot be used. */
export function getDrawnOverview(search: URLSearchParams, month: Month, now: Date): Promise<DrawnOverview> {
  return oncePerState(['drawn overview', month, search.toString()], now, async () => {
    const view = await getFilteredOverview(search, month, now)
    const definitions = metricDefinitions([
      'ai_share',
      'durable_resolution_rate',
      'ai_error_rate',
      'csat_satisfied_rate',
      'repeat_contact_rate_48h',
      'qa_completion',
      'unexpected_escalation_rate',
      'automation_creep',
      'critical_defects',
      'qa_score',
    ])
    return { month, bar: view.bar, drawn: drawPart(createElement(OverviewContent, { view, definitions, search })) }
  })
}
