import { describe, expect, it } from 'vitest'
import { reviewerLeniency } from '#models/statistics/reviewer-leniency.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows, text } from './oracle.ts'

describe('reviewerLeniency', () => {
  it('flags who finds nothing in 75 and who finds 16 in 130, among six', () => {
    const counts: [number, number][] = [
      [120, 6],
      [98, 4],
      [150, 7],
      [75, 0],
      [130, 16],
      [60, 3],
    ]
    const found = reviewerLeniency(
      counts.map(([reviews, defects], index) => ({ reviewer: `r${index + 1}`, reviews, defects })),
    )
    expect(found.filter(({ isFlagged }) => isFlagged).map(({ reviewer, direction }) => [reviewer, direction])).toEqual([
      ['r4', 'lenient'],
      ['r5', 'strict'],
    ])
  })

  it('has nobody to compare a single reviewer with', () => {
    expect(reviewerLeniency([{ reviewer: 'only', reviews: 50, defects: 20 }])).toEqual([
      {
        reviewer: 'only',
        reviews: 50,
        defects: 20,
        othersShare: null,
        pValue: 1,
        adjustedP: 1,
        isFlagged: false,
        direction: null,
      },
    ])
    expect(reviewerLeniency([])).toEqual([])
  })
})

describeOracle('reviewer_leniency.csv', () => {
  it('every reviewer', () => {
    const rows = oracleRows('reviewer_leniency')
    const found = reviewerLeniency(
      rows.map((row) => ({
        reviewer: text(row, 'reviewer'),
        reviews: num(row, 'reviews'),
        defects: num(row, 'defects'),
      })),
    )
    for (const [index, row] of rows.entries()) {
      expectClose(found[index]?.othersShare, num(row, 'pooled_others'), CLOSED_FORM)
      expectClose(found[index]?.pValue, num(row, 'fisher_p'), CLOSED_FORM)
      expectClose(found[index]?.adjustedP, num(row, 'bh'), CLOSED_FORM)
      expect(found[index]?.isFlagged).toBe(row.flag === 'TRUE')
    }
  })
})
