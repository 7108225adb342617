import { describe, expect, it } from 'vitest'
import { eventSentence } from '#app/audit-words.ts'
import { auditEventSchema } from '#governance/audit/audit-event.ts'

const names = new Map([['u1', 'Anna']])

describe('an event in one line', () => {
  it('says what was signed', () => {
    const data = { meaning: 'approved expanding refund_request to in-the-loop' }
    expect(eventSentence({ action: 'vote-cast', object: { type: 'proposal', id: 'p1' }, data }, names)).toBe(
      'approved expanding refund_request to in-the-loop',
    )
  })

  it('names levels and people, not their keys', () => {
    const data = { fromLevel: null, toLevel: 'human_in_the_loop' }
    const object = { type: 'interaction_type', id: 'refund_request' }
    expect(eventSentence({ action: 'level-changed', object, data }, names)).toBe(
      'refund_request: no level to in-the-loop',
    )
    expect(eventSentence({ action: 'user-disabled', object: { type: 'user', id: 'u1' }, data: {} }, names)).toBe('Anna')
  })

  it('tells a step down by the rules from one by people', () => {
    const data = { interactionType: 'order_status', followedBy: 'd2', expiredAt: '2026-09-01T00:00:00.000Z' }
    const object = { type: 'decision', id: 'd1' }
    expect(eventSentence({ action: 'decision-expired', object, data }, names)).toBe(
      'order_status: not renewed by 2026-09-01, stepped down',
    )
    const fired = { month: '2026-09', metric: 'critical_defects', threshold: '0', value: '2' }
    const type = { type: 'interaction_type', id: 'order_status' }
    expect(eventSentence({ action: 'trip-wire-fired', object: type, data: fired }, names)).toBe(
      'order_status, September 2026: critical defects reached 2, agreed were 0; stepped down',
    )
  })

  it('has something to say about every kind of event there is', () => {
    for (const option of auditEventSchema.options) {
      const action = option.shape.action.value
      const object = { type: option.shape.object.shape.type.value, id: '2026-09' }
      expect(eventSentence({ action, object, data: { meaning: 'approved' } }, names)).not.toBe('')
    }
  })
})
