import { describe, expect, it } from 'vitest'
import { formatBytes, loadSentence, quarantineHref } from '#app/data/load-view.ts'
import type { Load } from '#models/loads/list-loads.ts'

const load = (counts: Load['counts']): Load => ({
  loadId: 'l',
  source: 'canonical',
  startedAt: new Date(0),
  finishedAt: null,
  loadedBy: 'Olga',
  files: [],
  counts,
})

describe('a load in words', () => {
  it('says what became of every row', () => {
    const counts = { unchanged: 0, superseded: 5 }
    expect(
      loadSentence(
        load([
          { entity: 'interactions', read: 1000, loaded: 990, quarantined: 5, ...counts },
          { entity: 'qa_reviews', read: 1000, loaded: 995, quarantined: 0, ...counts },
        ]),
      ),
    ).toBe('2,000 rows read: 1,985 loaded, 10 superseded, 5 quarantined (0.25\u202f%).')
    expect(loadSentence(load([]))).toBe('No row was read.')
  })

  it('gives sizes with their unit', () => {
    expect([0, 999, 1000, 1_234_567, 250_000_000].map(formatBytes)).toEqual([
      '0\u202fB',
      '999\u202fB',
      '1.0\u202fkB',
      '1.2\u202fMB',
      '250\u202fMB',
    ])
  })

  it('leads to the refused rows of one reason', () => {
    expect(quarantineHref({ rule: 'orphan' })).toBe('/data/quarantine?rule=orphan')
    expect(quarantineHref()).toBe('/data/quarantine')
  })
})
