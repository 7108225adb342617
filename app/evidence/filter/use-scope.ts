import { useSearchParams } from '@remix-run/react'
import { scopeSearch } from './scope-search.ts'

/** The search to other pages about the same contacts: filter and comparison of this address, at the month shown. */
export function useScope(month: string): `?${string}` {
  const scope = scopeSearch(useSearchParams()[0])
  scope.set('month', month)
  return `?${scope}`
}
