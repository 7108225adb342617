import { expect, it } from 'vitest'
import { clopperPearsonLower, clopperPearsonUpper } from '#models/statistics/clopper-pearson.ts'
import { meanBounds } from '#models/statistics/mean-bounds.ts'
import { overdispersion } from '#models/statistics/overdispersion.ts'
import { threeWayVerdict } from '#models/statistics/three-way-verdict.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows, text } from './oracle.ts'

const close = (actual: number | null, expected: number, what: string) =>
  expectClose(actual, expected, CLOSED_FORM, what)

describeOracle('rates and means equal the reference values', () => {
  it('zero_defect.csv: no error in n reviews', () => {
    for (const row of oracleRows('zero_defect')) {
      const [n, alpha] = [num(row, 'n'), num(row, 'alpha')]
      close(clopperPearsonUpper(0, n, alpha), num(row, 'cp_upper'), JSON.stringify(row))
      close(wilsonInterval(0, n, 1 - 2 * alpha).upper, num(row, 'wilson_one_sided_upper'), JSON.stringify(row))
    }
  })

  it('three_way_verdict.csv', () => {
    for (const row of oracleRows('three_way_verdict')) {
      const found = threeWayVerdict(
        num(row, 'k'),
        num(row, 'n'),
        num(row, 'limit'),
        num(row, 'alpha_go'),
        num(row, 'alpha_nogo'),
      )
      expect(found.verdict, JSON.stringify(row)).toBe(text(row, 'verdict'))
      close(found.upper, num(row, 'upper_go'), JSON.stringify(row))
      close(found.lower, num(row, 'lower_nogo'), JSON.stringify(row))
      close(found.passP, num(row, 'p_value_go'), JSON.stringify(row))
      close(found.failP, num(row, 'p_value_nogo'), JSON.stringify(row))
    }
  })

  it('overdispersion.csv', () => {
    for (const row of oracleRows('overdispersion')) {
      const counts = (column: string) => text(row, column).split(' ').map(Number)
      const sizes = counts('n')
      const found = overdispersion(counts('k').map((k, index) => ({ k, n: sizes[index] ?? 0 })))
      close(found.chiSquare, num(row, 'pearson_x2'), text(row, 'series'))
      close(found.phi, num(row, 'phi'), text(row, 'series'))
      close(found.effectiveK, num(row, 'k_eff'), text(row, 'series'))
      close(found.effectiveN, num(row, 'n_eff'), text(row, 'series'))
      const { effectiveK, effectiveN } = found
      close(clopperPearsonUpper(found.k, found.n, 0.05), num(row, 'cp_upper95_naive'), text(row, 'series'))
      close(clopperPearsonUpper(effectiveK, effectiveN, 0.05), num(row, 'cp_upper95_adjusted'), text(row, 'series'))
      close(clopperPearsonLower(effectiveK, effectiveN, 0.05), num(row, 'cp_lower95_adjusted'), text(row, 'series'))
    }
  })

  it('csat_metrics.csv: satisfied share and mean from counts per score', () => {
    for (const row of oracleRows('csat_metrics')) {
      const counts = [1, 2, 3, 4, 5].map((score) => num(row, `c${score}`))
      const n = counts.reduce((sum, count) => sum + count, 0)
      expect(n).toBe(num(row, 'responses'))
      if (n === 0) continue
      const satisfied = (counts[3] ?? 0) + (counts[4] ?? 0)
      const wilson = wilsonInterval(satisfied, n)
      close(satisfied / n, num(row, 'top2box'), text(row, 'case'))
      close(wilson.lower, num(row, 'top2_wilson_lower'), text(row, 'case'))
      close(wilson.upper, num(row, 'top2_wilson_upper'), text(row, 'case'))
      const sum = counts.reduce((total, count, index) => total + count * (index + 1), 0)
      const sumOfSquares = counts.reduce((total, count, index) => total + count * (index + 1) ** 2, 0)
      const mean = meanBounds(n, sum, sumOfSquares, 0.025)
      close(mean?.mean ?? null, num(row, 'mean'), text(row, 'case'))
      close(mean?.lower ?? null, num(row, 'mean_ci_lower'), text(row, 'case'))
      close(mean?.upper ?? null, num(row, 'mean_ci_upper'), text(row, 'case'))
    }
  })
})
