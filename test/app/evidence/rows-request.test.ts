import { describe, expect, it } from 'vitest'
import { parseRowsRequest } from '#app/evidence/interactions/rows-request.ts'
import { parseMonth } from '#models/reporting-month.ts'

const asked = (search: Record<string, string>) => () =>
  parseRowsRequest(new URLSearchParams(search), parseMonth('2026-09'))

describe('the address of a list that cannot be made', () => {
  it('names the value and what is possible', () => {
    expect(asked({ part: 'half' })).toThrow(
      'This list cannot be made: part cannot be “half”; possible: numerator, denominator.',
    )
    expect(asked({ metric: 'csat' })).toThrow(/metric cannot be “csat”; possible: volume, ai_share, /)
    expect(asked({ months: '99' })).toThrow('months cannot be “99”; possible: a whole number from 1 to 24.')
  })

  it('says so of a detail and of a filter, too', () => {
    expect(asked({ reviewers: 'three' })).toThrow('reviewers cannot be “three”; possible: two.')
    expect(asked({ customers: 'gold' })).toThrow(
      'The filter cannot be used: customers cannot be “gold”; possible: standard, vip, unknown.',
    )
  })
})
