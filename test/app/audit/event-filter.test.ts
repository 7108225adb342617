import { describe, expect, it } from 'vitest'
import { askedEvents, eventFilter, isFiltered } from '#app/audit/event-filter.ts'

function asked(search: string) {
  return askedEvents(eventFilter.parse(Object.fromEntries(new URLSearchParams(search))))
}

describe('the filter of the audit trail', () => {
  it('asks for whole days of UTC, both included', () => {
    expect(asked('from=2026-09-01&through=2026-09-30')).toMatchObject({
      recordedFrom: '2026-09-01T00:00:00.000Z',
      recordedBefore: '2026-10-01T00:00:00.000Z',
    })
  })

  it('splits an object into its kind and its id, which may hold colons itself', () => {
    expect(asked('object=interaction_type:a:b').object).toEqual({ type: 'interaction_type', id: 'a:b' })
  })

  it('asks for nothing where nothing is filled in or nothing can be read', () => {
    const nothing = eventFilter.parse({ from: '2026-02-31', through: '2026-09-01T10:00:00Z', object: '', page: '-3' })
    expect(isFiltered(nothing)).toBe(false)
    expect(Object.values(askedEvents(nothing)).filter((value) => value !== undefined)).toEqual([])
    expect(nothing.page).toBe(1)
  })
})
