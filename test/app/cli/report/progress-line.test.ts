import { describe, expect, it } from 'vitest'
import { progressText } from '#app/cli/report/progress-line.ts'

describe('the progress line', () => {
  it('shows share, amount, rate and time left where the amount is known', () => {
    expect(progressText({ phase: 'read', what: '2 files', done: 25_000_000, total: 100_000_000 }, 5)).toBe(
      'reading 2 files [======                  ] 25 %, 25.0 MB of 100.0 MB, 5.0 MB/s, 15 s left',
    )
    expect(progressText({ phase: 'check', what: 'interactions', done: 0.75, total: 1 }, 180)).toBe(
      'checking interactions [==================      ] 75 %, 1 min 0 s left',
    )
  })

  it('shows the time spent where the amount is not known', () => {
    expect(progressText({ phase: 'models', what: 'building the models', done: null, total: null }, 61.4)).toBe(
      'models: building the models, 1 min 1 s',
    )
  })
})
