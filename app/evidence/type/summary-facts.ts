import type { FactTable } from '../../exports/fact-table.ts'
import { gateFacts } from '../gate-facts.ts'
import type { ControlChartView } from './control-chart-views.ts'
import type { TypeView } from './type-view.ts'
import type { WatchingFact } from './watching-facts.ts'

/** The tables of a type's summary that are no chart's twin, by their names in addresses. */
export function summaryFacts(view: Pick<TypeView, 'gates' | 'watching' | 'segments'>): Record<string, FactTable> {
  return {
    gates: gateFacts(view.gates),
    watching: watchingTable(view.watching),
    ...Object.fromEntries(view.segments.map(({ id, facts }) => [id, facts])),
  }
}

function watchingTable(facts: readonly WatchingFact[]): FactTable {
  return {
    columns: ['metric', 'numerator', 'denominator', 'value', 'why_not_measured'],
    rows: facts.map(({ metric, text, point, why }) => [
      ...[metric, point?.numerator ?? null, point?.denominator ?? null, point?.value ?? null],
      text === null ? why : null,
    ]),
  }
}

/** What the control charts of a type show beyond chance, one row per finding. */
export function findingFacts(charts: readonly ControlChartView[]): FactTable {
  return {
    columns: ['chart', 'title', 'is_favourable', 'finding'],
    rows: charts.flatMap(({ id, title, findings }) =>
      findings.map(({ isFavourable, text }) => [id, title, isFavourable, text]),
    ),
  }
}
