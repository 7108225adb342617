import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '#models/statistics/benjamini-hochberg.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

describe('benjaminiHochberg', () => {
  it('keeps the order of the input', () => {
    expect(benjaminiHochberg([0.5, 0.01])).toEqual([0.5, 0.02])
    expect(benjaminiHochberg([])).toEqual([])
  })

  it('refuses what is no probability', () => {
    expect(() => benjaminiHochberg([1.2])).toThrow('1.2')
  })
})

describeOracle('benjamini_hochberg.csv', () => {
  it('gives every adjusted p-value', () => {
    for (const rows of groupRows(oracleRows('benjamini_hochberg'), 'set').values()) {
      const adjusted = benjaminiHochberg(rows.map((row) => num(row, 'p')))
      for (const [index, row] of rows.entries()) expectClose(adjusted[index], num(row, 'bh'), CLOSED_FORM)
    }
  })
})
