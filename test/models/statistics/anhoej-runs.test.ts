import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { anhoejRuns } from '#models/statistics/anhoej-runs.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

describe('anhoejRuns', () => {
  it('sees a series that changed sides once in twelve values', () => {
    const found = anhoejRuns([9, 9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 2])
    expect(found).toMatchObject({
      usefulCount: 12,
      longestRun: 6,
      longestRunAllowed: 7,
      crossings: 1,
      crossingsNeeded: 3,
    })
    expect(found?.isSignal).toBe(true)
  })

  it('leaves out what lies on the median', () => {
    expect(anhoejRuns([1, 5, 9, 5, 1, 5, 9])).toMatchObject({ median: 5, usefulCount: 4, crossings: 3 })
    expect(anhoejRuns([3, 3, 3])).toBeNull()
    expect(anhoejRuns([])).toBeNull()
    expect(() => anhoejRuns([Number.NaN])).toThrow(OversightError)
  })

  it('does not mind direction of time, side or scale', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (values) => {
        const { median: _, ...found } = anhoejRuns(values) ?? { median: 0 }
        const { median: __, ...backwards } = anhoejRuns([...values].reverse()) ?? { median: 0 }
        const { median: ___, ...mirrored } = anhoejRuns(values.map((value) => -2 * value)) ?? { median: 0 }
        expect(backwards).toEqual(found)
        expect(mirrored).toEqual(found)
      }),
    )
  })
})

describeOracle('runs_anhoej.csv', () => {
  const series = groupRows(oracleRows('xmr_nhs'), 'series', 'screen_outliers')

  it.each(oracleRows('runs_anhoej'))('$series', (row) => {
    const found = anhoejRuns((series.get(`${row.series} FALSE`) ?? []).map((point) => num(point, 'y')))
    expectClose(found?.median, num(row, 'center_median'), CLOSED_FORM)
    expect(found?.usefulCount).toBe(num(row, 'n_useful'))
    expect(found?.longestRun).toBe(num(row, 'longest_run'))
    expect(found?.longestRunAllowed).toBe(num(row, 'longest_run_max'))
    expect(found?.crossings).toBe(num(row, 'n_crossings'))
    expect(found?.crossingsNeeded).toBe(num(row, 'n_crossings_min'))
    expect(found?.isSignal).toBe(row.runs_signal === 'TRUE')
  })
})
