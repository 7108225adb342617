/** Where a new draft is written; `from` names what it starts from. */
export function newDraftHref(from: 'current' | 'recommended' | string = 'current'): string {
  return from === 'current' ? '/policy/drafts/new' : `/policy/drafts/new?from=${encodeURIComponent(from)}`
}

/** Where a draft is read, back-tested and signed. */
export function draftHref(draftId: string): string {
  return `/policy/drafts/${encodeURIComponent(draftId)}`
}
