import { formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { standaloneSvg } from './charts/standalone-svg.server.tsx'
import { getConfidence } from './confidence.server.ts'
import { getControlCharts } from './control-charts.server.ts'
import { type EvidenceFilter, filterWords, isNarrowed } from './evidence/filter/evidence-filter.ts'
import type { Chart } from './evidence/type/chart-view.ts'
import { type FactTable, factTableCsv } from './exports/fact-table.ts'
import { getOutcomes } from './outcomes.server.ts'
import { getTypeView } from './type-page.server.ts'
import { snapshotInfo } from './warehouse.server.ts'

/** What can be taken away from one page of a type. */
interface PageFiles {
  charts: readonly Chart[]
  /** Tables that are no chart's twin, by their name in the address. */
  tables: Readonly<Record<string, FactTable>>
}

type Asked = { interactionType: string; month: Month; filter: EvidenceFilter; now: Date }

const pages = {
  summary: async ({ interactionType, month, filter, now }) => {
    const view = await getTypeView(interactionType, month, filter, now)
    return { charts: [view.mainChart, ...view.charts], tables: {} }
  },
  outcomes: async ({ interactionType, month, filter, now }) => {
    const { sections } = await getOutcomes(interactionType, month, filter, now)
    return {
      charts: sections.flatMap(({ chart }) => chart ?? []),
      tables: Object.fromEntries(sections.flatMap(({ tables }) => tables.map(({ id, facts }) => [id, facts]))),
    }
  },
  charts: async ({ interactionType, month, filter }) => {
    const { charts } = await getControlCharts(interactionType, month, filter)
    return { charts, tables: {} }
  },
  confidence: async ({ interactionType, month, filter, now }) => {
    const { versions } = await getConfidence(interactionType, month, filter, now)
    return {
      charts: versions.flatMap(({ reliability, trade, charts }) =>
        [reliability, trade?.chart, ...charts].filter((chart) => chart != null),
      ),
      tables: Object.fromEntries(versions.map(({ id, bandFacts }) => [`bands-${id}`, bandFacts])),
    }
  },
} as const satisfies Record<string, (asked: Asked) => Promise<PageFiles>>

export interface TypeFile {
  body: string
  contentType: string
  fileName: string
}

/**
 * A chart of a type's page as SVG, or the numbers of a chart or table of it as CSV; the same page makes both. Throws
 * not_found for a page, chart or table that there is not, and for the drawing of a chart that has none.
 */
export async function getTypeFile(
  asked: Asked & { page: string; file: string; theme: 'light' | 'dark' },
): Promise<TypeFile> {
  const { page, file, interactionType, month, filter, theme } = asked
  const [, id = '', ending = ''] = /^(.+)\.(svg|csv)$/.exec(file) ?? []
  if (!isPage(page) || id === '') throw notFound(asked)
  const { charts, tables }: PageFiles = await pages[page](asked)
  const chart = charts.find((one) => one.id === id)
  const nameOf = (what: string) =>
    `oversight-${what}-${interactionType}-${month}${isNarrowed(filter) ? '-filtered' : ''}`
      .replaceAll(/[^\w.-]+/g, '-')
      .concat(`.${ending}`)
  if (ending === 'csv') {
    const table = chart?.facts ?? tables[id]
    if (table === undefined) throw notFound(asked)
    return {
      body: factTableCsv(table),
      contentType: 'text/csv; charset=utf-8',
      fileName: nameOf(chart?.fileName ?? id),
    }
  }
  if (chart === undefined || chart.drawing === null) throw notFound(asked)
  const info = await snapshotInfo()
  const whose = [interactionType, isNarrowed(filter) ? `only ${filterWords(filter)}` : ''].filter(Boolean).join(', ')
  const source = `Oversight, ${whose}, ${formatMonth(month)}, snapshot ${info?.snapshotId ?? 'none'}`
  return {
    body: standaloneSvg({ ...chart, markup: chart.drawing.wide, source }, theme),
    contentType: 'image/svg+xml; charset=utf-8',
    fileName: nameOf(chart.fileName),
  }
}

function isPage(page: string): page is keyof typeof pages {
  return Object.hasOwn(pages, page)
}

function notFound({ page, file, interactionType }: { page: string; file: string; interactionType: string }) {
  return new OversightError('not_found', `There is no file "${file}" of the page "${page}" of ${interactionType}.`)
}
