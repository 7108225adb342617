import { listContactValues } from '#models/contacts/list-contact-values.ts'
import { type EvidenceFilter, parseEvidenceFilter } from './evidence/filter/evidence-filter.ts'
import { type FilterBarView, filterBar } from './evidence/filter/filter-menus.ts'
import { oncePerSnapshot } from './warehouse.server.ts'

/** Whose contacts the pages of one type describe, and the bar to ask for others. Throws bad_input for a filter that cannot be used. */
export async function typeScope(search: URLSearchParams): Promise<{ filter: EvidenceFilter; bar: FilterBarView }> {
  const filter = typeFilter(search)
  const values = await oncePerSnapshot('contact values', ({ db }) => listContactValues(db))
  return { filter, bar: filterBar({ search, comparison: null, filter, areas: null, values }) }
}

/** The filter of an address as far as it narrows one type: an area only chooses types, and this page has chosen. */
export function typeFilter(search: URLSearchParams): EvidenceFilter {
  return { ...parseEvidenceFilter(search), area: null }
}
