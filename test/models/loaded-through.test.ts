import { describe, expect, it } from 'vitest'
import { loadedThrough } from '#models/loaded-through.ts'

const utc = (text: string) => new Date(`${text}Z`)
const context = (now: string) => ({ now: utc(now), reportingTimeZone: 'UTC' })

describe('how far the facts reach', () => {
  it('is nowhere without an event', () => {
    expect(loadedThrough([], context('2026-10-01T00:00:00'))).toEqual({
      observedThrough: null,
      loadedThrough: null,
      matureThrough: null,
    })
  })

  it('is held back by the slowest source that still delivers', () => {
    const reach = loadedThrough(
      [utc('2026-09-20T10:00:00'), utc('2026-09-18T10:00:00')],
      context('2026-09-21T00:00:00'),
    )
    expect(reach.observedThrough).toEqual(utc('2026-09-18T10:00:00'))
    expect(reach.loadedThrough).toEqual(utc('2026-09-18T10:00:00'))
    expect(reach.matureThrough).toEqual(utc('2026-09-11T10:00:00'))
  })

  it('is not held back by a source that ended more than 7 days before the others', () => {
    const exactly = [utc('2026-09-20T10:00:00'), utc('2026-09-13T10:00:00')]
    expect(loadedThrough(exactly, context('2026-09-21T00:00:00')).observedThrough).toEqual(utc('2026-09-13T10:00:00'))
    const before = [utc('2026-09-20T10:00:00'), utc('2026-09-13T09:59:59')]
    expect(loadedThrough(before, context('2026-09-21T00:00:00')).observedThrough).toEqual(utc('2026-09-20T10:00:00'))
  })

  it('settles the last month of data that simply ends, once 7 days have passed since that month', () => {
    const events = [utc('2026-09-12T10:00:00')]
    const early = loadedThrough(events, context('2026-10-07T23:59:59'))
    expect(early.loadedThrough).toEqual(utc('2026-09-12T10:00:00'))
    const late = loadedThrough(events, context('2026-10-08T00:00:00'))
    expect(late.observedThrough).toEqual(utc('2026-09-12T10:00:00'))
    expect(late.loadedThrough).toEqual(utc('2026-10-08T00:00:00'))
    expect(late.matureThrough).toEqual(utc('2026-10-01T00:00:00'))
  })

  it('counts the month in the reporting time zone', () => {
    const reach = loadedThrough([utc('2026-09-30T23:00:00')], {
      now: utc('2026-12-01T00:00:00'),
      reportingTimeZone: 'Europe/Berlin',
    })
    // 01:00 of 1 October in Berlin: October is the month, and Berlin has left summer time by its end.
    expect(reach.matureThrough).toEqual(utc('2026-10-31T23:00:00'))
  })

  it('does not reach into the future when a clock runs ahead', () => {
    const reach = loadedThrough([utc('2026-09-22T00:00:00')], context('2026-09-21T00:00:00'))
    expect(reach.observedThrough).toEqual(utc('2026-09-21T00:00:00'))
  })
})
