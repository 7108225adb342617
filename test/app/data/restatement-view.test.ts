import { describe, expect, it } from 'vitest'
import { restatementRows } from '#app/data/restatement-view.ts'
import type { Restatement } from '#models/restatements/list-restatements.ts'

const restatement = (change: Partial<Restatement> = {}): Restatement => ({
  loadId: 'load-1',
  restatedAt: new Date('2026-11-02T09:00:00Z'),
  contactMonth: '2026-09-01',
  interactionType: 'refund_request',
  metric: 'ai_error_rate',
  cohort: 'ai_participated',
  scale: '',
  before: { numerator: 2, denominator: 100, value: 0.02 },
  after: { numerator: 5, denominator: 110, value: 5 / 110 },
  ...change,
})

describe('a restated number', () => {
  it('says what it was, what it is and by how much, and leads to the rows of now', () => {
    expect(restatementRows([restatement()])[0]).toMatchObject({
      what: 'AI error rate, AI contacts',
      monthText: 'September 2026',
      before: '2.0\u202f%',
      beforeCounts: '2 of 100',
      after: '4.5\u202f%',
      afterCounts: '5 of 110',
      difference: '+2.5\u202fpp',
      rowsHref:
        '/types/refund_request/interactions?month=2026-09&metric=ai_error_rate&cohort=ai_participated&part=denominator',
    })
  })

  it('has no difference where it was not there before', () => {
    const row = restatementRows([restatement({ before: { numerator: null, denominator: null, value: null } })])[0]
    expect(row).toMatchObject({ before: '–', beforeCounts: null, difference: null })
  })

  it('is a count where the metric is one', () => {
    const count = { numerator: 1200, denominator: 0, value: 1200 }
    const row = restatementRows([
      restatement({
        metric: 'volume',
        cohort: 'all',
        before: count,
        after: { ...count, numerator: 1190, value: 1190 },
      }),
    ])[0]
    expect(row).toMatchObject({ before: '1,200', beforeCounts: null, difference: '\u221210' })
    expect(row?.rowsHref).toContain('part=numerator')
  })

  it('is left out when its metric is no longer known', () => {
    expect(restatementRows([restatement({ metric: 'dropped_metric' })])).toEqual([])
  })
})
