import { describe, expect, it } from 'vitest'
import { listChangeEvents } from '#models/change-events/list-change-events.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { factsIn } from '../warehouse-of.ts'

const at = (text: string) => new Date(`2026-${text}Z`)

describe('change events', () => {
  it('are those of the months in the reporting time zone, of the type and of all types, none removed', async () => {
    const { db } = await factsIn({
      change_events: [
        { change_id: 'late', changed_at: at('09-30T22:00:00') },
        { change_id: 'all', changed_at: at('09-30T21:59:59'), summary: 'new model' },
        { change_id: 'first', changed_at: at('08-31T22:00:00'), interaction_type: 'refund', kind: 'prompt' },
        { change_id: 'early', changed_at: at('08-31T21:59:59') },
        { change_id: 'other', changed_at: at('09-10T00:00:00'), interaction_type: 'order' },
        { change_id: 'removed', changed_at: at('09-11T00:00:00'), is_deleted: true },
      ],
    })
    const september = {
      from: parseMonth('2026-09'),
      through: parseMonth('2026-09'),
      reportingTimeZone: 'Europe/Berlin',
    }
    const found = await listChangeEvents(db, { ...september, interactionType: 'refund' })
    expect(found.map((each) => each.changeId)).toEqual(['first', 'all'])
    expect(found[1]).toEqual({
      source: 's',
      changeId: 'all',
      changedAt: at('09-30T21:59:59'),
      kind: 'model',
      interactionType: null,
      summary: 'new model',
    })
    expect((await listChangeEvents(db, september)).map((each) => each.changeId)).toEqual(['first', 'other', 'all'])
  })
})
