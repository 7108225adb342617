import { describe, expect, it } from 'vitest'
import { reasonRows } from '#app/evidence/escalation-reasons.ts'

describe('escalation reasons over all types', () => {
  it('add up by reason, most frequent first, and name the types where they are most frequent', () => {
    const rows = reasonRows([
      { interactionType: 'a', reason: 'novel', contactCount: 1 },
      { interactionType: 'b', reason: 'novel', contactCount: 4 },
      { interactionType: 'c', reason: 'novel', contactCount: 2 },
      { interactionType: 'd', reason: 'novel', contactCount: 2 },
      { interactionType: 'a', reason: 'keyword', contactCount: 7 },
    ])
    expect(rows.map(({ reason, contactCount }) => [reason, contactCount])).toEqual([
      ['novel', 9],
      ['keyword', 7],
    ])
    expect(rows[0]?.mostIn.map(({ interactionType }) => interactionType)).toEqual(['b', 'c', 'd'])
  })
})
