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

  it('has something to say about every kind of event there is', () => {
    for (const option of auditEventSchema.options) {
      const action = option.shape.action.value
      const object = { type: option.shape.object.shape.type.value, id: '2026-09' }
      expect(eventSentence({ action, object, data: { meaning: 'approved' } }, names)).not.toBe('')
    }
  })
})
