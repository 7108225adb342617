import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { missingReviews } from '#models/statistics/missing-reviews.ts'
import { expectClose } from './closeness.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('missingReviews', () => {
  it('shows that 6 of 120 left out turn a bound of 4.1 % into 10.7 %', () => {
    const found = missingReviews({ sampled: 120, reviewed: 114, defects: 1 })
    expectClose(found?.reviewedUpper, 0.0409, 5e-5)
    expectClose(found?.worstUpper, 0.1068, 5e-5)
    expect(found).toMatchObject({ worstDefects: 7, isComplete: true })
  })

  it('is complete at exactly 90 %', () => {
    expect(missingReviews({ sampled: 10, reviewed: 9, defects: 0 })?.isComplete).toBe(true)
    expect(missingReviews({ sampled: 100, reviewed: 89, defects: 0 })?.isComplete).toBe(false)
  })

  it('knows nothing where nothing was reviewed, and has no answer where nothing was sampled', () => {
    expect(missingReviews({ sampled: 5, reviewed: 0, defects: 0 })).toMatchObject({
      completion: 0,
      reviewedShare: null,
      reviewedUpper: 1,
      worstUpper: 1,
      bestShare: 0,
    })
    expect(missingReviews({ sampled: 0, reviewed: 0, defects: 0 })).toBeNull()
    expect(() => missingReviews({ sampled: 5, reviewed: 6, defects: 0 })).toThrow(OversightError)
  })
})

describeOracle('missing_reviews.csv', () => {
  it.each(oracleRows('missing_reviews'))('$errors of $reviewed of $sampled', (row) => {
    const found = missingReviews({
      sampled: num(row, 'sampled'),
      reviewed: num(row, 'reviewed'),
      defects: num(row, 'errors'),
    })
    expectClose(found?.completion, num(row, 'completion'), CLOSED_FORM)
    expectClose(found?.reviewedShare, num(row, 'p_reviewed'), CLOSED_FORM)
    expectClose(found?.reviewedUpper, num(row, 'upper95_reviewed_only'), CLOSED_FORM)
    expect(found?.worstDefects).toBe(num(row, 'worst_case_errors'))
    expectClose(found?.worstShare, num(row, 'p_worst_case'), CLOSED_FORM)
    expectClose(found?.worstUpper, num(row, 'upper95_worst_case'), CLOSED_FORM)
    expectClose(found?.bestShare, num(row, 'p_best_case'), CLOSED_FORM)
    expect(found?.isComplete).toBe(row.completion_ok_90pct === 'TRUE')
  })
})
