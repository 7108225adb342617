import { describe, expect, it } from 'vitest'
import { errorRateUnknown } from '#models/warning-signs/error-rate-unknown.ts'
import { reviewsSkippedOrLate } from '#models/warning-signs/reviews-skipped-or-late.ts'
import { monthsOf } from './month-counts.ts'

describe('reviewsSkippedOrLate', () => {
  const habits = (count: number, drawn: number, completed: (index: number) => number, onTime = completed) =>
    monthsOf(count, (index) => ({ drawn, completed: completed(index), due: drawn, onTime: onTime(index) }))

  it('fires when the habit lies under the yardstick, each habit by itself and with its own since', () => {
    const sign = reviewsSkippedOrLate(
      habits(
        8,
        100,
        (index) => (index < 6 ? 97 : 70),
        (index) => (index < 4 ? 95 : 50),
      ),
      0.9,
    )
    expect(sign.isFired).toBe(true)
    expect(sign.evidence?.completion).toMatchObject({ isFired: true, since: '2026-09' })
    expect(sign.evidence?.punctuality).toMatchObject({ isFired: true, since: '2026-07' })
    expect(sign.since).toBe('2026-07')
  })

  it('pools three months: a single open review of eight is no habit', () => {
    expect(
      reviewsSkippedOrLate(
        habits(6, 8, (index) => (index === 5 ? 7 : 8)),
        0.9,
      ).isFired,
    ).toBe(false)
    expect(
      reviewsSkippedOrLate(
        habits(6, 8, () => 4),
        0.9,
      ).isFired,
    ).toBe(true)
  })

  it('is silent at the yardstick, above it, and without a drawn review', () => {
    expect(
      reviewsSkippedOrLate(
        habits(6, 100, () => 90),
        0.9,
      ).isFired,
    ).toBe(false)
    expect(
      reviewsSkippedOrLate(
        habits(6, 100, () => 100),
        0.9,
      ).isFired,
    ).toBe(false)
    expect(
      reviewsSkippedOrLate(
        habits(6, 0, () => 0),
        0.9,
      ),
    ).toMatchObject({ isFired: false, evidence: null })
  })
})

describe('errorRateUnknown', () => {
  const reviewed = (...reviews: number[]) =>
    monthsOf(reviews.length, (index) => ({ aiContacts: 200, reviews: reviews[index] ?? 0 }))

  it('fires while the reviews of the window are fewer than a rate is shown from, and says since when', () => {
    expect(errorRateUnknown(reviewed(40, 40, 10, 0, 0, 0), 3)).toMatchObject({
      isFired: true,
      since: '2026-08',
      evidence: { months: ['2026-07', '2026-08', '2026-09'], reviews: 0, minimumReviews: 30 },
    })
    expect(errorRateUnknown(reviewed(10, 10, 10), 3).isFired).toBe(false)
    expect(errorRateUnknown(reviewed(10, 10, 9), 3).isFired).toBe(true)
  })

  it('is silent where the AI took no part', () => {
    const human = reviewed(0, 0, 0).map((month) => ({ ...month, aiContacts: 0 }))
    expect(errorRateUnknown(human, 3)).toMatchObject({ isFired: false, evidence: null })
  })
})
