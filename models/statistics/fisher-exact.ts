import hypergeometricPmf from '@stdlib/stats-base-dists-hypergeometric-pmf'
import { checkCounts } from './check-arguments.ts'

/**
 * Fisher's exact test, two-sided: could two groups have the same share, k1 of n1 against k2 of n2?
 *
 * Formula: with all margins fixed, the chance of every table that is no likelier than the observed one (with 1e-7 of
 * tolerance, as R's fisher.test). Source: Fisher 1935. 1 where a group is empty. Throws OversightError `internal` on
 * impossible counts.
 */
export function fisherExact(k1: number, n1: number, k2: number, n2: number): number {
  checkCounts(k1, n1, 'fisherExact')
  checkCounts(k2, n2, 'fisherExact')
  const hits = k1 + k2
  const chanceOf = (k: number) => hypergeometricPmf(k, n1 + n2, hits, n1)
  const observed = chanceOf(k1) * (1 + 1e-7)
  let total = 0
  for (let k = Math.max(0, hits - n2); k <= Math.min(n1, hits); k += 1) {
    const chance = chanceOf(k)
    if (chance <= observed) total += chance
  }
  return Math.min(1, total)
}
