import { describe, expect, it } from 'vitest'
import { listEscalationReasons } from '#models/escalations/list-escalation-reasons.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { warehouseOf } from '../warehouse-of.ts'

const month = parseMonth('2026-09')
const at = new Date('2026-09-10T12:00:00Z')
const contact = (interaction_id: string, more: object = {}) => ({ interaction_id, started_at: at, ...more })
const escalation = (escalation_id: string, interaction_id: string, more: object = {}) => ({
  escalation_id,
  interaction_id,
  escalated_at: at,
  ...more,
})

describe('the reasons of escalations', () => {
  it('count AI contacts of the month once per reason, without removed escalations', async () => {
    const warehouse = await warehouseOf({
      interactions: [
        contact('twice'),
        contact('two-reasons'),
        contact('person', { handled_by: 'human' }),
        contact('other-type', { interaction_type: 'u' }),
        contact('august', { started_at: new Date('2026-08-31T23:59:59Z') }),
        contact('test', { is_test: true }),
      ],
      escalations: [
        escalation('1', 'twice', { reason: 'novel' }),
        escalation('2', 'twice', { reason: 'novel' }),
        escalation('3', 'two-reasons', { reason: 'novel' }),
        escalation('4', 'two-reasons', { reason: 'keyword' }),
        escalation('5', 'person', { reason: 'keyword' }),
        escalation('6', 'other-type', { reason: 'keyword', is_deleted: false }),
        escalation('7', 'other-type', { reason: 'other', is_deleted: true }),
        escalation('8', 'august', { reason: 'novel' }),
        escalation('9', 'test', { reason: 'novel' }),
      ],
    })
    expect(await listEscalationReasons(warehouse, { month })).toEqual([
      { interactionType: 't', reason: 'novel', contactCount: 2, expected: 2, unexpected: 0, unknown: 0 },
      { interactionType: 't', reason: 'keyword', contactCount: 1, expected: 1, unexpected: 0, unknown: 0 },
      { interactionType: 'u', reason: 'keyword', contactCount: 1, expected: 1, unexpected: 0, unknown: 0 },
    ])
    expect(await listEscalationReasons(warehouse, { month, interactionType: 'u' })).toHaveLength(1)
  })
})
