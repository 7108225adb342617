import { describe, expect, it } from 'vitest'
import { contactsPerIssue, courseAt, instantAt, planMonths } from '#etl/sample/plan-months.ts'
import { parseMonth } from '#models/reporting-month.ts'

const size = { until: parseMonth('2026-09'), months: 18, interactions: 100_000 }

describe('plan of the demonstration data', () => {
  it('reads a course: constant, ramp, step', () => {
    expect(courseAt(0.3, 0.9)).toBe(0.3)
    const ramp = { from: 0.1, to: 0.3, begins: 0.5, ends: 1 }
    expect([0, 0.5, 0.75, 1].map((share) => courseAt(ramp, share))).toEqual([0.1, 0.1, 0.2, 0.3])
    const step = { from: 0, to: 1, begins: 0.5, ends: 0.5 }
    expect([0.49, 0.5].map((share) => courseAt(step, share))).toEqual([0, 1])
  })

  it('puts the model change on the first day of the tenth of 18 months', () => {
    expect(instantAt(0.5, size).toISOString()).toBe('2026-01-01T00:00:00.000Z')
    const refunds = planMonths(size).filter(({ story }) => story.interactionType === 'refund_request')
    expect(refunds.map(({ month, story, at }) => [month, at(story.errorRate)]).slice(8, 10)).toEqual([
      ['2025-12', 0.012],
      ['2026-01', 0.1],
    ])
  })

  it('plans 14 types in 18 months, close to the number asked for', () => {
    const planned = planMonths(size)
    expect(planned).toHaveLength(14 * 18)
    const contacts = planned.reduce(
      (sum, row) => sum + row.issueCount * contactsPerIssue(row.at(row.story.repeatRate)),
      0,
    )
    expect(Math.abs(contacts / size.interactions - 1)).toBeLessThan(0.01)
  })

  it('numbers issues without overlap, apart from the calendar', () => {
    const planned = planMonths(size)
    for (const [index, row] of planned.entries()) {
      expect(row.firstIssue + row.issueCount).toBeLessThan(planned[index + 1]?.firstIssue ?? Number.MAX_SAFE_INTEGER)
    }
    const earlier = planMonths({ ...size, until: parseMonth('2024-02') })
    expect(earlier.map(({ firstIssue }) => firstIssue)).toEqual(planned.map(({ firstIssue }) => firstIssue))
  })
})
