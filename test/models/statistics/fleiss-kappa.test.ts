import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { fleissKappa } from '#models/statistics/fleiss-kappa.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle } from './oracle.ts'
import { fleissStatistic, JUDGEMENTS, SEVERITIES, severityItems } from './rated-items.ts'

describe('fleissKappa', () => {
  it('of three reviewers who agree on one of two items', () => {
    // P = (1 + 1/3) / 2; defects 4 of 6 ratings: P_e = 4/9 + 1/9.
    const found = fleissKappa(
      [
        ['defect', 'defect', 'defect'],
        ['defect', 'clean', 'clean'],
      ],
      JUDGEMENTS,
    )
    expectClose(found, (2 / 3 - 5 / 9) / (4 / 9), 1e-12)
  })

  it('needs every rating, two reviewers and two categories in use', () => {
    expect(() => fleissKappa([['defect', null]], JUDGEMENTS)).toThrow(OversightError)
    expect(fleissKappa([['defect']], JUDGEMENTS)).toBeNull()
    expect(fleissKappa([['clean', 'clean']], JUDGEMENTS)).toBeNull()
    expect(fleissKappa([], JUDGEMENTS)).toBeNull()
  })
})

describeOracle('fleiss.csv', () => {
  it('Fleiss kappa of four reviewers on three severities', () => {
    expectClose(fleissKappa(severityItems(), SEVERITIES), fleissStatistic('fleiss_kappa'), CLOSED_FORM)
  })
})
