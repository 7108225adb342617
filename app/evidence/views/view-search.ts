import { formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { comparisonWords, parseComparisonKind, writeComparisonKind } from '../comparison/comparison-kind.ts'
import { filterWords, parseEvidenceFilter, writeEvidenceFilter } from '../filter/evidence-filter.ts'
import { parseTypeSort } from '../type-sort.ts'

/**
 * What the overview understands of an address, always written in the same order: two addresses that show the same are
 * one text. Throws bad_input for a filter or month that cannot be used.
 */
export function viewSearch(search: URLSearchParams): string {
  const month = search.get('month')
  const known = new URLSearchParams(month ? { month: parseMonth(month) } : {})
  const compared = writeComparisonKind(known, parseComparisonKind(search))
  const written = writeEvidenceFilter(compared, parseEvidenceFilter(search))
  if (search.get('view') === 'heat') written.set('view', 'heat')
  if (search.has('sort')) {
    const { column, direction } = parseTypeSort(search)
    written.set('sort', column)
    written.set('order', direction)
  }
  return String(written)
}

/** A view in words: "newest final month, chat, VIP customers, against the month before". */
export function viewWords(text: string): string {
  const search = new URLSearchParams(text)
  const month = search.get('month')
  return [
    month === null ? 'newest final month' : formatMonth(month),
    filterWords(parseEvidenceFilter(search)) || 'all contacts',
    `against ${comparisonWords[parseComparisonKind(search)]}`,
    ...(search.get('view') === 'heat' ? ['heat table'] : []),
    ...(search.has('sort') ? [`types by ${parseTypeSort(search).column.replaceAll('_', ' ')}`] : []),
  ].join(', ')
}
