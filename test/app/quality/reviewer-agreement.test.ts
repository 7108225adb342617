import { expect, it } from 'vitest'
import { reviewerAgreement } from '#app/quality/reviewer-agreement.ts'

it('gives agreement beyond chance with its interval, and on errors alone', () => {
  const row = reviewerAgreement('refund', { both: 2, firstOnly: 3, secondOnly: 3, neither: 92 })
  expect(row).toMatchObject({ pairs: 100, agreed: 0.94, bothErrors: 2, errors: 8, positive: 0.4 })
  expect(row.ac1).toBeGreaterThan(0.9)
  expect(row.interval?.lower).toBeLessThan(row.ac1 ?? 0)
  expect(row.interval?.upper).toBeGreaterThan(row.ac1 ?? 1)
})

it('says nothing it cannot know', () => {
  expect(reviewerAgreement('refund', { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 })).toMatchObject({
    agreed: null,
    ac1: null,
    interval: null,
    positive: null,
  })
})
