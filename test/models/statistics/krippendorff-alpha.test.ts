import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { krippendorffAlpha, type MeasurementLevel } from '#models/statistics/krippendorff-alpha.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { fleissStatistic, pairsOf, RARE, SEVERITIES, severityItems, tableOf } from './rated-items.ts'

const LEVELS: readonly MeasurementLevel[] = ['nominal', 'ordinal', 'interval', 'ratio']
const asNumbers = (pairs: ReturnType<typeof pairsOf>) =>
  pairs.map((pair) => pair.map((judgement) => (judgement === 'defect' ? 1 : 0)))

// Krippendorff's own example: four observers, twelve units, some not seen.
const CANONICAL: (number | null)[][] = [
  [1, 1, null, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [null, 5, 5, 5],
  [null, null, 1, 1],
  [null, 3, null, null],
]

describe('krippendorffAlpha', () => {
  it('of the canonical data is .743, .815, .849 and .797', () => {
    const found = LEVELS.map((level) => krippendorffAlpha(CANONICAL, level)?.toFixed(3))
    expect(found).toEqual(['0.743', '0.815', '0.849', '0.797'])
  })

  it('collapses as kappa does where defects are rare', () => {
    expectClose(krippendorffAlpha(asNumbers(pairsOf(RARE)), 'nominal'), 0.386, 0.0005)
  })

  it('has no value where nothing was rated twice or nothing varies', () => {
    expect(krippendorffAlpha([[1, null]], 'nominal')).toBeNull()
    expect(krippendorffAlpha([[1, 1]], 'interval')).toBeNull()
    expect(krippendorffAlpha([], 'ordinal')).toBeNull()
    expect(() => krippendorffAlpha([[1, Number.NaN]], 'ordinal')).toThrow(OversightError)
  })

  it('is the same at every level for two values, 1 for perfect agreement, whatever the order', () => {
    const item = fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(item, { minLength: 2 }), (items) => {
        const nominal = krippendorffAlpha(items, 'nominal')
        fc.pre(nominal !== null)
        for (const level of LEVELS) expectClose(krippendorffAlpha(items, level), nominal ?? 2, 1e-9, level)
        const shuffled = [...items].reverse().map((ratings) => [...ratings].reverse())
        expectClose(krippendorffAlpha(shuffled, 'nominal'), nominal ?? 2, 1e-9)
        const perfect = [...items.map(([first = 0]) => [first, first]), [0, 0], [1, 1]]
        expectClose(krippendorffAlpha(perfect, 'nominal'), 1, 1e-12)
      }),
    )
  })
})

describeOracle('krippendorff.csv, fleiss.csv and kappa.csv', () => {
  const observers = oracleRows('krippendorff_input')
  const units = Array.from({ length: 12 }, (_, index) =>
    observers.map((row) => (row[`u${index + 1}`] === '' ? null : num(row, `u${index + 1}`))),
  )
  const severities = severityItems().map((ratings) => ratings.map((severity) => SEVERITIES.indexOf(severity)))

  it.each(oracleRows('krippendorff'))('canonical data, $level', (row) => {
    const level = LEVELS.find((name) => name === row.level) ?? 'nominal'
    expectClose(krippendorffAlpha(units, level), num(row, 'alpha'), CLOSED_FORM)
  })

  // The reference program (irr) forgets the weight 1 / (m - 1) of each pair where no rating is missing, which matters with
  // more than two reviewers: its n is 12 x 4 x 3 = 144 in place of 48. Its canonical data, with gaps, are right.
  it.each(['nominal', 'ordinal', 'interval'] as const)('severities of four reviewers, %s', (level) => {
    const alpha = krippendorffAlpha(severities, level) ?? Number.NaN
    const withoutWeights = 1 - ((1 - alpha) * (144 - 1)) / (3 * (48 - 1))
    expectClose(withoutWeights, fleissStatistic(`krippendorff_${level}`), CLOSED_FORM)
  })

  it('severities of four reviewers: alpha is Fleiss kappa moved by (1 - kappa) / 48, as it must be without gaps', () => {
    const kappa = fleissStatistic('fleiss_kappa')
    expectClose(krippendorffAlpha(severities, 'nominal'), kappa + (1 - kappa) / 48, CLOSED_FORM)
  })

  it.each(oracleRows('kappa'))('two reviewers, $case', (row) => {
    const found = krippendorffAlpha(asNumbers(pairsOf(tableOf(row))), 'nominal')
    expectClose(found, num(row, 'krippendorff_alpha_nominal'), CLOSED_FORM)
    expectClose(found, num(row, 'krippendorff_irrCAC'), 1e-5)
  })
})
