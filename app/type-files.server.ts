import { formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { getConfidence } from './confidence.server.ts'
import { getControlCharts } from './control-charts.server.ts'
import { type EvidenceFilter, filterWords, isNarrowed } from './evidence/filter/evidence-filter.ts'
import { findingFacts, summaryFacts } from './evidence/type/summary-facts.ts'
import { getOutcomes } from './outcomes.server.ts'
import { type PageFile, type PageFiles, pageFile } from './page-file.server.ts'
import { getTypeView } from './type-page.server.ts'

type Asked = { interactionType: string; month: Month; filter: EvidenceFilter; now: Date }

const pages = {
  summary: async ({ interactionType, month, filter, now }) => {
    const view = await getTypeView(interactionType, month, filter, now)
    return { charts: [view.mainChart, ...view.charts], tables: summaryFacts(view) }
  },
  outcomes: async ({ interactionType, month, filter, now }) => {
    const { sections } = await getOutcomes(interactionType, month, filter, now)
    return {
      charts: sections.flatMap(({ chart }) => chart ?? []),
      tables: Object.fromEntries(sections.flatMap(({ tables }) => tables.map(({ id, facts }) => [id, facts]))),
    }
  },
  charts: async ({ interactionType, month, filter }) => {
    const { charts } = await getControlCharts(interactionType, month, filter, { onlyFound: false })
    return { charts, tables: { findings: findingFacts(charts) } }
  },
  confidence: async ({ interactionType, month, filter, now }) => {
    const { versions } = await getConfidence(interactionType, month, filter, now)
    return {
      charts: versions.flatMap(({ reliability, trade, charts }) =>
        [reliability, trade, ...charts].filter((chart) => chart != null),
      ),
      tables: Object.fromEntries(versions.map(({ id, bandFacts }) => [`bands-${id}`, bandFacts])),
    }
  },
} as const satisfies Record<string, (asked: Asked) => Promise<PageFiles>>

/**
 * A chart of a type's page as SVG, or the numbers of a chart or table of it as CSV; the same page makes both. Throws
 * not_found for a page, chart or table that there is not, and for the drawing of a chart that has none.
 */
export async function getTypeFile(
  asked: Asked & { page: string; file: string; theme: 'light' | 'dark' },
): Promise<PageFile> {
  const { page, file, interactionType, month, filter, theme } = asked
  const only = isNarrowed(filter) ? [`only ${filterWords(filter)}`] : []
  const found = isPage(page)
    ? await pageFile(await pages[page](asked), {
        file,
        whose: [interactionType, ...only, formatMonth(month)].join(', '),
        name: [interactionType, month, ...only.map(() => 'filtered')].join('-'),
        theme,
      })
    : undefined
  if (found === undefined) {
    throw new OversightError('not_found', `There is no file "${file}" of the page "${page}" of ${interactionType}.`)
  }
  return found
}

function isPage(page: string): page is keyof typeof pages {
  return Object.hasOwn(pages, page)
}
