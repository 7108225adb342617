import { describe, expect, it } from 'vitest'
import { reasonRows } from '#app/evidence/escalation-reasons.ts'

describe('escalation reasons over all types', () => {
  it('add up by reason, most frequent first, and name the types where they are most frequent', () => {
    const rows = reasonRows([
      { interactionType: 'a', reason: 'novel', contactCount: 1, expected: 1, unexpected: 0, unknown: 0 },
      { interactionType: 'b', reason: 'novel', contactCount: 4, expected: 4, unexpected: 0, unknown: 0 },
      { interactionType: 'c', reason: 'novel', contactCount: 2, expected: 2, unexpected: 0, unknown: 0 },
      { interactionType: 'd', reason: 'novel', contactCount: 2, expected: 2, unexpected: 0, unknown: 0 },
      { interactionType: 'a', reason: 'keyword', contactCount: 7, expected: 7, unexpected: 0, unknown: 0 },
    ])
    expect(rows.map(({ reason, contactCount }) => [reason, contactCount])).toEqual([
      ['novel', 9],
      ['keyword', 7],
    ])
    expect(rows[0]?.mostIn.map(({ interactionType }) => interactionType)).toEqual(['b', 'c', 'd'])
  })
})
