import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { gwetAc1 } from '#models/statistics/gwet-ac1.ts'
import { expectClose } from './closeness.ts'
import { describeOracle, num, oracleRows } from './oracle.ts'
import { fleissStatistic, JUDGEMENTS, pairsOf, RARE, SEVERITIES, severityItems, tableOf } from './rated-items.ts'

/** The reference program gives five digits (oracle README). */
const FIVE_DIGITS = 1e-5

describe('gwetAc1', () => {
  it('is .968 at 97 % agreement on rare defects, where kappa is .385', () => {
    // Defects are 5/200 of what either reviewer said: chance 2 x 0.025 x 0.975.
    const found = gwetAc1(pairsOf(RARE), JUDGEMENTS)
    expectClose(found?.chanceAgreement, 0.04875, 1e-12)
    expectClose(found?.ac1, (0.97 - 0.04875) / (1 - 0.04875), 1e-12)
  })

  it('takes items that some reviewers did not see', () => {
    const found = gwetAc1(
      [
        ['defect', 'defect', null],
        ['clean', 'clean', 'defect'],
        ['clean', null, null],
        [null, null, null],
      ],
      JUDGEMENTS,
    )
    // Agreement (1 + 1/3) / 2; share of defects (1 + 1/3 + 0) / 3 over the three items that were rated.
    const defects = (1 + 1 / 3) / 3
    expectClose(found?.agreement, 2 / 3, 1e-12)
    expectClose(found?.chanceAgreement, 2 * defects * (1 - defects), 1e-12)
  })

  it('has no value where nothing was rated twice, and no standard error from one item', () => {
    expect(gwetAc1([['defect', null]], JUDGEMENTS)).toBeNull()
    expect(gwetAc1([], JUDGEMENTS)).toBeNull()
    expect(gwetAc1([['defect', 'defect']], JUDGEMENTS)).toMatchObject({ ac1: 1, standardError: null })
    expect(() => gwetAc1([['defect', 'maybe']], ['defect', 'clean'])).toThrow(OversightError)
  })

  it('is 1 for perfect agreement, even on one category only, and does not mind the order', () => {
    const item = fc.array(fc.constantFrom(...JUDGEMENTS), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const found = gwetAc1(items, JUDGEMENTS)
        const shuffled = gwetAc1(
          [...items].reverse().map((ratings) => [...ratings].reverse()),
          [...JUDGEMENTS].reverse(),
        )
        expectClose(shuffled?.ac1, found?.ac1 ?? 2, 1e-12)
        expect(found?.ac1).toBeLessThanOrEqual(1 + 1e-12)
        const perfect = items.map(([first]) => [first ?? 'clean', first ?? 'clean'] as const)
        expectClose(gwetAc1(perfect, JUDGEMENTS)?.ac1, 1, 1e-12)
      }),
    )
  })
})

describeOracle('kappa.csv', () => {
  it.each(oracleRows('kappa'))('$case', (row) => {
    const found = gwetAc1(pairsOf(tableOf(row)), JUDGEMENTS)
    expectClose(found?.ac1, num(row, 'gwet_ac1'), FIVE_DIGITS)
    expectClose(found?.standardError, num(row, 'gwet_ac1_se'), FIVE_DIGITS)
  })
})

describeOracle('fleiss.csv', () => {
  it('AC1 and agreement of four reviewers on three severities', () => {
    const found = gwetAc1(severityItems(), SEVERITIES)
    expectClose(found?.ac1, fleissStatistic('gwet_ac1'), FIVE_DIGITS)
    expectClose(found?.agreement, fleissStatistic('percent_agreement'), 1e-9)
  })
})
