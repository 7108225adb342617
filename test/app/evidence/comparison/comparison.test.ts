import { describe, expect, it } from 'vitest'
import { type ComparisonInput, createComparison } from '#app/evidence/comparison/comparison.ts'
import { monthsBeforeLevelChange } from '#app/evidence/comparison/level-changes.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import type { MetricPoint } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { metricPoint, monthly, volumePoints } from '#test/build/metric-points.ts'

const month = parseMonth('2026-09')
const year = monthly('2025-09', 13, (at) => [
  ...volumePoints(at, { ai: 80, human: 20 }),
  metricPoint(at, 'durable_resolution_rate', 40, 80),
])

function comparisonOf(points: readonly MetricPoint[], more: Partial<ComparisonInput> = {}) {
  const index = indexPoints(points)
  return createComparison({
    kind: 'previous',
    month,
    types: index.typesIn(month),
    points: index,
    beforeLevelChange: new Map(),
    definitionChanges: [],
    ...more,
  })
}

describe('a comparison', () => {
  it('is with the month before, or the same month last year, and names it', () => {
    expect(comparisonOf(year).baseOf('refund_request')).toBe('2026-08')
    expect(comparisonOf(year).from).toBe('from August')
    const lastYear = comparisonOf(year, { kind: 'year' })
    expect(lastYear.baseOf('refund_request')).toBe('2025-09')
    expect(lastYear.from).toBe('from September 2025')
  })

  it('adds up every type of both months, also one that came or went', () => {
    const gone = volumePoints('2026-08', { human: 5 }, { interactionType: 'gone' })
    const { before } = comparisonOf([...year, ...gone])
    expect(before.map(({ interactionType }) => interactionType).sort()).toEqual(['gone', 'refund_request'])
  })

  it('is refused with and for a provisional month, and without one to compare with', () => {
    const provisional = (which: string) => year.map((point) => ({ ...point, isFinal: point.month !== which }))
    expect(comparisonOf(provisional('2026-09')).refusal).toBe('Provisional, not compared')
    const other = comparisonOf(provisional('2026-08'))
    expect(other.refusal).toBe('August is provisional, so nothing is compared with it')
    expect(other.baseOf('refund_request')).toBeNull()
    const alone = comparisonOf(year.filter((point) => point.month === '2026-09'))
    expect(alone.refusal).toBe('No contacts in August to compare with')
  })

  it('is refused across a change of definition, of ours or of the supplier', () => {
    const redefined = year.map((point) => (point.month === '2026-09' ? { ...point, definitionVersion: 2 } : point))
    expect(comparisonOf(redefined).breakOf('durable_resolution_rate', null)).toContain('definition changed')
    const supplier = comparisonOf(year, { definitionChanges: [{ month: '2026-09', interactionType: null }] })
    expect(supplier.breakOf('durable_resolution_rate', 'refund_request')).toContain('supplier changed')
    // What a supplier calls resolved says nothing about who answered.
    expect(supplier.breakOf('ai_share', 'refund_request')).toBeNull()
    const earlier = comparisonOf(year, { definitionChanges: [{ month: '2026-07', interactionType: null }] })
    expect(earlier.breakOf('durable_resolution_rate', null)).toBeNull()
  })

  it('with the month before the last change of level takes each type from its own', () => {
    const level = (from: string, to: string | null, oversight_level: 'human_in_the_loop' | 'human_on_the_loop') => ({
      interaction_type: 'refund_request',
      oversight_level,
      effective_from: new Date(from),
      effective_to: to === null ? null : new Date(to),
    })
    const levels = [
      level('2025-01-01T00:00:00Z', '2026-05-14T00:00:00Z', 'human_in_the_loop'),
      level('2026-05-14T00:00:00Z', null, 'human_on_the_loop'),
    ]
    const beforeLevelChange = monthsBeforeLevelChange(levels, month, 'UTC')
    expect(comparisonOf(year, { kind: 'decision', beforeLevelChange }).baseOf('refund_request')).toBe('2026-04')
    expect(comparisonOf(year, { kind: 'decision' }).refusal).toBe('No level has changed yet, so nothing is compared')
    expect(monthsBeforeLevelChange(levels, parseMonth('2026-04'), 'UTC').size).toBe(0)
  })
})
