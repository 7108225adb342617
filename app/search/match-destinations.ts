import type { Destination } from './destination.ts'

/**
 * The destinations that what somebody typed may mean, the likeliest first: the name itself, names that start with it,
 * names in which every word starts a word, names that hold every word anywhere, and last those whose note is needed.
 * Equally likely ones keep their order. Case, accents, and the signs between words do not matter. Nothing typed: all.
 */
export function matchDestinations(destinations: readonly Destination[], typed: string): Destination[] {
  const wanted = plain(typed)
  if (wanted === '') return [...destinations]
  return destinations
    .map((destination) => ({ destination, rank: rankOf(destination, wanted) }))
    .filter(({ rank }) => rank !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ destination }) => destination)
}

/** 0 is best; null: not meant. */
function rankOf(destination: Destination, wanted: string): number | null {
  const name = plain(destination.name)
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  const words = wanted.split(' ')
  if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 2
  if (words.every((word) => name.includes(word))) return 3
  const all = `${name} ${plain(destination.note)}`
  return words.every((word) => all.includes(word)) ? 4 : null
}

/** Small letters without accents, words apart by one space. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
}
