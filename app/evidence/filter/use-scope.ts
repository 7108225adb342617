import { useSearchParams } from '@remix-run/react'
import { scopeAt } from './scope-search.ts'

/** The search to other pages about the same contacts: filter and comparison of this address, at the month shown. */
export function useScope(month: string): `?${string}` {
  return scopeAt(useSearchParams()[0], month)
}
