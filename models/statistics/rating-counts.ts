import { OversightError } from '../oversight-error.ts'

/** What each reviewer said of one item; null where a reviewer did not see it. */
export type Ratings<Label extends string | number> = readonly (Label | null)[]

/**
 * For each item how many reviewers gave each of the categories, in the order of the items and of the categories. Throws
 * OversightError `internal` on a label that is no category. `where` names the caller.
 */
export function ratingCounts<Label extends string | number>(
  items: readonly Ratings<Label>[],
  categories: readonly Label[],
  where: string,
): number[][] {
  const positions = new Map(categories.map((label, index) => [label, index]))
  return items.map((ratings) => {
    const counts = new Array<number>(categories.length).fill(0)
    for (const label of ratings) {
      if (label === null) continue
      const position = positions.get(label)
      if (position === undefined) throw new OversightError('internal', `${where} met the unknown label ${label}.`)
      counts[position] = (counts[position] ?? 0) + 1
    }
    return counts
  })
}
