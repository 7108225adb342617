import { OversightError } from '../oversight-error.ts'
import { checkCounts } from './check-arguments.ts'

/**
 * How much more a count varies between days (or other cells) than independent contacts would, and the counts shrunk by
 * it. Full counts such as repeat contacts come in bursts; taken as independent they look surer than they are.
 *
 * Formula: phi = sum of (k_i - n_i p)^2 / (n_i p (1 - p)) / (I - 1) over the cells with n_i > 0, p = K / N;
 * effective counts K / max(1, phi) and N / max(1, phi), fractions to feed to the Clopper-Pearson bounds.
 * Source: McCullagh & Nelder, Generalized Linear Models, 4.5.
 *
 * phi is null with fewer than two cells or where p is 0 or 1 (nothing varies); the counts are then as they are.
 * Throws OversightError `internal` on impossible counts.
 */
export function overdispersion(cells: readonly { k: number; n: number }[]): {
  k: number
  n: number
  chiSquare: number | null
  phi: number | null
  effectiveK: number
  effectiveN: number
} {
  for (const cell of cells) checkCounts(cell.k, cell.n, 'overdispersion')
  const used = cells.filter((cell) => cell.n > 0)
  const k = used.reduce((sum, cell) => sum + cell.k, 0)
  const n = used.reduce((sum, cell) => sum + cell.n, 0)
  if (used.length < 2 || k === 0 || k === n) {
    return { k, n, chiSquare: null, phi: null, effectiveK: k, effectiveN: n }
  }
  const share = k / n
  const chiSquare = used.reduce((sum, cell) => sum + (cell.k - cell.n * share) ** 2 / (cell.n * share * (1 - share)), 0)
  const phi = chiSquare / (used.length - 1)
  if (!Number.isFinite(phi)) throw new OversightError('internal', 'overdispersion came out as no number.')
  const divisor = Math.max(1, phi)
  return { k, n, chiSquare, phi, effectiveK: k / divisor, effectiveN: n / divisor }
}
