import { describe, expect, it } from 'vitest'
import { pabak } from '#models/statistics/pabak.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'
import { RARE, tableOf } from './rated-items.ts'

describe('pabak', () => {
  it('of 97 % agreement is .94, with the prevalence that kappa suffers from beside it', () => {
    const found = pabak(RARE)
    expectClose(found?.agreement, 0.97, 1e-12)
    expectClose(found?.pabak, 0.94, 1e-12)
    expectClose(found?.prevalenceIndex, -0.95, 1e-12)
    expect(found?.biasIndex).toBe(0)
  })

  it('has no value without items', () => {
    expect(pabak({ both: 0, firstOnly: 0, secondOnly: 0, neither: 0 })).toBeNull()
  })
})

describeOracle('kappa.csv', () => {
  it.each(oracleRows('kappa'))('$case', (row) => {
    const found = pabak(tableOf(row))
    expectClose(found?.agreement, num(row, 'percent_agreement'), CLOSED_FORM)
    expectClose(found?.pabak, num(row, 'pabak'), CLOSED_FORM)
    // The reference takes defect - clean, and the first reviewer's defects minus the second's.
    expectClose(found?.prevalenceIndex, num(row, 'prevalence_index'), CLOSED_FORM)
    expectClose(found?.biasIndex, num(row, 'bias_index'), CLOSED_FORM)
  })
})
