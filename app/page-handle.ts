/** What a route tells the frame around it: `export const handle: PageHandle = { ... }`. */
export interface PageHandle {
  /** Which entry of the navigation is the current one. */
  nav?: NavigationEntry
  /** Where the page keeps its month: ?month=, the :month of its path, or nowhere (no picker is shown). */
  month?: 'search' | 'path' | 'none'
  /** paper: a page made to be printed, without the frame, always light. */
  frame?: 'paper'
}

export type NavigationEntry =
  | 'overview'
  | 'reviews'
  | 'decisions'
  | 'types'
  | 'quality'
  | 'catch-layer'
  | 'policy'
  | 'responsibilities'
  | 'audit'
  | 'data'
  | 'datasets'
  | 'admin'
  | 'account'

/** The title of the browser's tab. */
export function pageTitle(title: string): { title: string }[] {
  return [{ title: `${title} · Oversight` }]
}
