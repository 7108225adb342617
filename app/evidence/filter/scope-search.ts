import { filterParameters } from './filter-parameters.ts'

const carried = ['month', 'compare', ...Object.values(filterParameters)]

/** What of an address goes on to another page of evidence: month, comparison and filter, not what one page alone knows. */
export function scopeSearch(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => carried.includes(name)))
}

/** The same as the search of an address, at the month shown. */
export function scopeAt(search: URLSearchParams, month: string): `?${string}` {
  const scope = scopeSearch(search)
  scope.set('month', month)
  return `?${scope}`
}
