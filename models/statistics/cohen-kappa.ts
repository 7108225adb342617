import { OversightError } from '../oversight-error.ts'

/** How much a near miss between ordered categories counts: not at all, by distance, by its square. */
export type KappaWeights = 'unweighted' | 'linear' | 'quadratic'

export interface CohenKappa {
  /** Weighted share of agreement, 1 - disagreement. */
  readonly agreement: number
  /** What two reviewers with the same habits would reach by chance. */
  readonly chanceAgreement: number
  readonly kappa: number
  /** Asymptotic standard error. */
  readonly standardError: number
}

/**
 * Cohen's kappa of two reviewers, plain or weighted over ordered categories.
 *
 * Formula: kappa = (p_o - p_e) / (1 - p_e) with weights w_ij = 1 on the diagonal, and 0, 1 - |i - j| / (q - 1) or 1 -
 * (i - j)^2 / (q - 1)^2 off it; standard error of Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72:323-327. Source:
 * Cohen 1960 and 1968. Collapses where one category is rare: shown for familiarity, AC1 decides.
 *
 * `pairs`: the label of the first and of the second reviewer for each item; `categories` in their order, each label one of
 * them. Null without an item or where chance alone would agree always. Throws OversightError `internal` on an unknown
 * label.
 */
export function cohenKappa<Label extends string | number>(
  pairs: readonly (readonly [Label, Label])[],
  categories: readonly Label[],
  weights: KappaWeights = 'unweighted',
): CohenKappa | null {
  const q = categories.length
  const positions = new Map(categories.map((label, index) => [label, index]))
  const n = pairs.length
  if (n === 0) return null
  const counts = categories.map(() => new Array<number>(q).fill(0))
  for (const [first, second] of pairs) {
    const row = counts[positionOf(first, positions)]
    const column = positionOf(second, positions)
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1
  }
  const table = counts.map((row) => row.map((count) => count / n))
  const firstShares = table.map((row) => row.reduce((sum, share) => sum + share, 0))
  const secondShares = categories.map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0))
  const weight = (i: number, j: number) => {
    if (i === j) return 1
    if (weights === 'unweighted') return 0
    const distance = Math.abs(i - j) / (q - 1)
    return weights === 'linear' ? 1 - distance : 1 - distance ** 2
  }
  const cells = categories.flatMap((_, i) => categories.map((_, j) => ({ i, j, share: table[i]?.[j] ?? 0 })))
  const agreement = cells.reduce((sum, { i, j, share }) => sum + weight(i, j) * share, 0)
  const chanceAgreement = cells.reduce(
    (sum, { i, j }) => sum + weight(i, j) * (firstShares[i] ?? 0) * (secondShares[j] ?? 0),
    0,
  )
  if (1 - chanceAgreement < 1e-12) return null
  const kappa = (agreement - chanceAgreement) / (1 - chanceAgreement)
  const rowMeans = categories.map((_, i) => secondShares.reduce((sum, share, j) => sum + weight(i, j) * share, 0))
  const columnMeans = categories.map((_, j) => firstShares.reduce((sum, share, i) => sum + weight(i, j) * share, 0))
  const spread = cells.reduce(
    (sum, { i, j, share }) =>
      sum + share * (weight(i, j) - ((rowMeans[i] ?? 0) + (columnMeans[j] ?? 0)) * (1 - kappa)) ** 2,
    0,
  )
  const variance = (spread - (kappa - chanceAgreement * (1 - kappa)) ** 2) / (n * (1 - chanceAgreement) ** 2)
  return { agreement, chanceAgreement, kappa, standardError: Math.sqrt(Math.max(0, variance)) }
}

function positionOf<Label extends string | number>(label: Label, positions: ReadonlyMap<Label, number>): number {
  const position = positions.get(label)
  if (position === undefined) throw new OversightError('internal', `cohenKappa met the unknown label ${label}.`)
  return position
}
