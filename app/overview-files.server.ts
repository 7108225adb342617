import { formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { filterWords, isFiltered, parseEvidenceFilter } from './evidence/filter/evidence-filter.ts'
import { weeklyFacts } from './evidence/overview/weekly-facts.ts'
import { getFilteredOverview } from './overview.server.ts'
import { type PageFile, pageFile } from './page-file.server.ts'

/** A chart of the overview as SVG or CSV, or its weeks as CSV. Throws not_found for one that there is not, bad_input as the page does. */
export async function getOverviewFile(
  search: URLSearchParams,
  { file, month, theme, now }: { file: string; month: Month; theme: 'light' | 'dark'; now: Date },
): Promise<PageFile> {
  const filter = parseEvidenceFilter(search)
  const only = isFiltered(filter) ? [`only ${filterWords(filter)}`] : []
  const { charts, weekly } = await getFilteredOverview(search, month, now)
  const weeks = weekly.isShown ? weekly.value : null
  const found = await pageFile(
    { charts, tables: weeks === null ? {} : { weeks: weeklyFacts(weeks) } },
    {
      file,
      whose: ['all types', ...only, formatMonth(month)].join(', '),
      name: ['all-types', month, ...only.map(() => 'filtered')].join('-'),
      theme,
    },
  )
  if (found === undefined) throw new OversightError('not_found', `There is no file "${file}" of the overview.`)
  return found
}
