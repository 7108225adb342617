import { expect, it } from 'vitest'
import { hitRateSentence } from '#app/decisions/follow-words.ts'

it('says of every decision of a review what is known of it', () => {
  expect(
    hitRateSentence(
      { hits: 4, told: 11, untold: 1, open: 28, share: 4 / 11, lower: 0.152, upper: 0.646 },
      { isAll: false },
    ),
  ).toBe(
    'Of 40 decisions of monthly reviews, 11 can be judged after 90 days: 4 are not worse (36.4\u202f%, 15.2\u00a0to\u00a064.6) and 7 are worse. 1 lacks the numbers to tell; the 90 days of 28 are not final yet.',
  )
})

it('says that it counts all where a page lists some of them', () => {
  const rate = { hits: 4, told: 11, untold: 1, open: 28, share: 4 / 11, lower: 0.152, upper: 0.646 }
  expect(hitRateSentence(rate, { isAll: true })).toMatch(/^Of all 40 decisions of monthly reviews, 11 can/)
})

it('says so where none can be judged yet', () => {
  expect(
    hitRateSentence({ hits: 0, told: 0, untold: 0, open: 3, share: null, lower: null, upper: null }, { isAll: true }),
  ).toBe('No decision of a monthly review can be judged after 90 days yet. The 90 days of 3 are not final yet.')
})
