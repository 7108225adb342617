import { describe, expect, it } from 'vitest'
import { goingLoadView, runRows } from '#app/data/run-view.ts'
import type { Run } from '#app/runs/run-log.ts'

const published: Run = {
  outcome: 'published',
  startedAt: '2026-10-15T12:00:00.000Z',
  source: 'desk',
  loadedBy: 'ola',
  seconds: 61.4,
  files: ['a.csv', 'b.csv'],
  loadId: '20261015T120000Z-1a2b3c4d',
  snapshotId: 3,
  read: 1200,
  quarantined: 4,
  errorCode: null,
  error: null,
}
const failed: Run = {
  ...published,
  outcome: 'failed',
  startedAt: '2026-10-16T12:00:00.000Z',
  loadId: null,
  snapshotId: null,
  read: null,
  quarantined: null,
  errorCode: 'bad_input',
  error: 'interactions.csv, line 3: "secret-pigeon" is no channel.',
}
const killed: Run = { ...failed, outcome: 'killed', startedAt: '2026-10-17T12:00:00.000Z', errorCode: 'killed' }

describe('the runs on the page', () => {
  it('stand newest first, with what came of each and what to do', () => {
    const rows = runRows([published, failed, killed], { maySeeMessages: true })
    expect(rows.map(({ outcome, what, took }) => ({ outcome, what, took }))).toEqual([
      { outcome: 'killed', what: 'Ended from outside before it was done', took: '1 min 1 s' },
      { outcome: 'failed', what: 'A file or a mapping cannot be used', took: '1 min 1 s' },
      { outcome: 'published', what: 'Snapshot 3', took: '1 min 1 s' },
    ])
    expect(rows[0]?.remedy).toMatch(/^Load the same files again/)
    expect(rows[1]).toMatchObject({ message: failed.error, remedy: expect.stringMatching(/^Mend the file/) })
    expect(rows[2]?.remedy).toBeNull()
  })

  it('keep messages, which may quote a value, from those who do not load', () => {
    const rows = runRows([failed], { maySeeMessages: false })
    expect(JSON.stringify(rows)).not.toContain('secret-pigeon')
    expect(rows[0]?.remedy).toMatch(/^Mend the file/)
  })
})

describe('a load that is going', () => {
  it('shows its step, the share of it where that is known, and for how long it runs', () => {
    const load = {
      source: 'desk',
      loadedBy: 'ola',
      startedAt: '2026-10-15T12:00:00.000Z',
      files: ['a.csv'],
      phase: 'check' as const,
      what: 'interactions',
      share: 0.25,
      rowCount: 0,
      seenAt: '2026-10-15T12:02:05.000Z',
    }
    expect(goingLoadView(load, new Date('2026-10-15T12:02:06.000Z'))).toMatchObject({
      step: 'Checking interactions',
      share: 0.25,
      running: '2 min 6 s',
    })
  })
})
