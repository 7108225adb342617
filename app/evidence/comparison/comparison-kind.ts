/** What the numbers of a page are compared with. */
export const comparisonKinds = ['previous', 'year', 'decision'] as const
export type ComparisonKind = (typeof comparisonKinds)[number]

export const comparisonWords: Readonly<Record<ComparisonKind, string>> = {
  previous: 'the month before',
  year: 'the same month last year',
  decision: 'before the last change of level',
}

/** Reads ?compare=; the month before where it says nothing or something unknown, since every comparison names its month. */
export function parseComparisonKind(search: URLSearchParams): ComparisonKind {
  const asked = search.get('compare')
  return comparisonKinds.find((kind) => kind === asked) ?? 'previous'
}

/** Writes it into the search of an address; the usual comparison is not written. */
export function writeComparisonKind(search: URLSearchParams, kind: ComparisonKind): URLSearchParams {
  const written = new URLSearchParams(search)
  if (kind === 'previous') written.delete('compare')
  else written.set('compare', kind)
  return written
}
