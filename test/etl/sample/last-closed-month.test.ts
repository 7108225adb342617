import { describe, expect, it } from 'vitest'
import { checkClosed, lastClosedMonth } from '#etl/sample/last-closed-month.ts'
import { parseMonth } from '#models/reporting-month.ts'

describe('last closed month', () => {
  it.each([
    ['2026-11-07T23:59:59Z', '2026-09'],
    ['2026-11-08T00:00:00Z', '2026-10'],
    ['2026-01-03T12:00:00Z', '2025-11'],
  ])('at %s is %s, because a month closes seven days after its end', (now, month) => {
    expect(lastClosedMonth(new Date(now))).toBe(month)
  })

  it('refuses a month that is still open, naming the newest closed one', () => {
    expect(() => checkClosed(parseMonth('2026-10'), new Date('2026-11-05T00:00:00Z'))).toThrow(
      /closed on 2026-11-08. Use 2026-09/,
    )
    expect(() => checkClosed(parseMonth('2026-10'), new Date('2026-11-08T00:00:00Z'))).not.toThrow()
  })
})
