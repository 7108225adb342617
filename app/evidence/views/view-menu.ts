import type { SavedView } from '#governance/views/saved-view.ts'
import { viewSearch } from './view-search.ts'

/** The views of a person beside the filters, and what is needed to save the one that is looked at. */
export interface ViewMenu {
  views: readonly { id: string; name: string; href: string; isCurrent: boolean }[]
  /** Search of the address without its month. */
  search: string
  month: string
}

export function viewMenu(views: readonly SavedView[], address: URLSearchParams, month: string): ViewMenu {
  const current = viewSearch(address)
  const lasting = new URLSearchParams(address)
  lasting.delete('month')
  return {
    views: views.map(({ id, name, search }) => ({
      id,
      name,
      href: viewHref(search),
      isCurrent: search === current,
    })),
    search: viewSearch(lasting),
    month,
  }
}

/** Where a view opens. */
export function viewHref(search: string): string {
  return search === '' ? '/overview' : `/overview?${search}`
}
