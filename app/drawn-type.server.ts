import { createElement } from 'react'
import type { Month } from '#models/reporting-month.ts'
import { TypeContent } from './components/evidence/type-content.tsx'
import { drawPart } from './draw-part.server.ts'
import type { FilterBarView } from './evidence/filter/filter-menus.ts'
import { scopeAt } from './evidence/filter/scope-search.ts'
import { metricDefinitions } from './evidence/metric-definitions.ts'
import { oncePerState } from './once-per-state.server.ts'
import { getTypeView } from './type-page.server.ts'
import { typeScope } from './type-scope.server.ts'

interface DrawnType {
  interactionType: string
  month: Month
  bar: FilterBarView
  drawn: string
}

/** The page of one type as the address asks for it, drawn once for everybody. Throws as getTypeView and typeScope do. */
export function getDrawnType(
  interactionType: string,
  search: URLSearchParams,
  month: Month,
  now: Date,
): Promise<DrawnType> {
  return oncePerState(['drawn type', interactionType, month, search.toString()], now, async () => {
    const { filter, bar } = await typeScope(search)
    const view = await getTypeView(interactionType, month, filter, now)
    const definitions = metricDefinitions([
      'ai_error_rate',
      'csat_satisfied_rate',
      'ai_share',
      'repeat_contact_rate_48h',
      'qa_score',
      'qa_completion',
      'qa_coverage',
      'unexpected_escalation_rate',
    ])
    const drawn = drawPart(createElement(TypeContent, { view, definitions, scope: scopeAt(search, month) }))
    return { interactionType, month, bar, drawn }
  })
}
