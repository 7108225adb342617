const mostNamesShown = 20

/** Names for a sentence: the first twenty, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const more = names.length - mostNamesShown
  return more > 0 ? `${names.slice(0, mostNamesShown).join(', ')} and ${more} more` : names.join(', ')
}
