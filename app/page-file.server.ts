import { standaloneSvg } from './charts/standalone-svg.server.tsx'
import type { Chart } from './evidence/type/chart-view.ts'
import { type FactTable, factTableCsv } from './exports/fact-table.ts'
import { snapshotInfo } from './warehouse.server.ts'

/** What can be taken away from one page. */
export interface PageFiles {
  charts: readonly Chart[]
  /** Tables that are no chart's twin, by their name in the address. */
  tables: Readonly<Record<string, FactTable>>
}

export interface PageFile {
  body: string
  contentType: string
  fileName: string
}

/**
 * A chart of a page as SVG, or the numbers of a chart or table of it as CSV, as the address names it; undefined for one
 * that there is not, and for the drawing of a chart that has none.
 *
 * @param whose of what the page is: written at the foot of a drawing
 * @param name the same for names of files
 */
export async function pageFile(
  { charts, tables }: PageFiles,
  { file, whose, name, theme }: { file: string; whose: string; name: string; theme: 'light' | 'dark' },
): Promise<PageFile | undefined> {
  const [, id = '', ending = ''] = /^(.+)\.(svg|csv)$/.exec(file) ?? []
  const chart = charts.find((one) => one.id === id)
  const nameOf = (what: string) => `oversight-${what}-${name}`.replaceAll(/[^\w.-]+/g, '-').concat(`.${ending}`)
  if (ending === 'csv') {
    const table = chart?.facts ?? tables[id]
    if (table === undefined) return undefined
    return {
      body: factTableCsv(table),
      contentType: 'text/csv; charset=utf-8',
      fileName: nameOf(chart?.fileName ?? id),
    }
  }
  if (chart === undefined || chart.drawing === null) return undefined
  const info = await snapshotInfo()
  const source = `Oversight, ${whose}, snapshot ${info?.snapshotId ?? 'none'}`
  return {
    body: standaloneSvg({ ...chart, markup: chart.drawing.wide, source }, theme),
    contentType: 'image/svg+xml; charset=utf-8',
    fileName: nameOf(chart.fileName),
  }
}

/** The file as a download. */
export function fileResponse({ body, contentType, fileName }: PageFile): Response {
  return new Response(body, {
    headers: { 'Content-Type': contentType, 'Content-Disposition': `attachment; filename="${fileName}"` },
  })
}
