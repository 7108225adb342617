import { describe, expect, it } from 'vitest'
import { reviewsToConclude } from '#models/statistics/reviews-to-conclude.ts'
import { describeOracle, num, oracleRows } from './oracle.ts'

describe('reviewsToConclude', () => {
  it('is 0 where the reviews so far conclude', () => {
    expect(reviewsToConclude(0, 60, 0.05, 0.05)).toBe(0)
  })

  it('starts from nothing', () => {
    expect(reviewsToConclude(0, 0, 0.05, 0.05)).toBe(59)
  })
})

describeOracle('reviews_to_conclude.csv, gate_min_reviews.csv', () => {
  it('gives every number of reviews still needed', () => {
    for (const row of oracleRows('reviews_to_conclude')) {
      expect(
        reviewsToConclude(
          num(row, 'k_so_far'),
          num(row, 'n_so_far'),
          num(row, 'limit'),
          num(row, 'alpha'),
          num(row, 'additional_errors'),
        ),
        JSON.stringify(row),
      ).toBe(num(row, 'additional_reviews_needed'))
    }
  })

  it('gives the smallest totals of the gate', () => {
    for (const row of oracleRows('gate_min_reviews')) {
      expect(
        reviewsToConclude(0, 0, num(row, 'limit'), num(row, 'alpha'), num(row, 'max_errors')),
        JSON.stringify(row),
      ).toBe(num(row, 'min_reviews_total'))
    }
  })
})
