import { describe, expect, it } from 'vitest'
import { segmentBreakdowns } from '#app/evidence/outcomes/segment-breakdown.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { SegmentCounts, SegmentKind } from '#models/segments/list-segment-counts.ts'

const month = parseMonth('2026-09')

describe('error rates by channel and by language, side by side,', () => {
  it('draw a rate as long in one table as in the other', () => {
    const input = {
      interactionType: 't',
      month,
      window: [month],
      windowText: 'September 2026',
      points: indexPoints([]),
    }
    const [channels, languages] = segmentBreakdowns(input, [
      counted('channel', 'chat', 4),
      counted('channel', 'voice', 20),
      counted('language', 'de', 4),
    ])
    expect(languages?.rows[0]?.bar).toEqual(channels?.rows[0]?.bar)
    expect(channels?.rows[1]?.bar?.interval?.upper).toBe(1)
  })
})

function counted(kind: SegmentKind, segment: string, errors: number): SegmentCounts {
  return { month, interactionType: 't', kind, segment, contacts: 100, sentAlone: 0, reviewed: 40, errors }
}
