import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasStopped, loadedThrough, reachOfSource, type SourceReach } from '#models/loaded-through.ts'

const utc = (text: string) => new Date(`${text}Z`)
const file = (through: string): SourceReach => ({
  source: 'f',
  isLive: false,
  through: utc(through),
  isDeclared: false,
})
const declared = (through: string): SourceReach => ({ ...file(through), isDeclared: true })
const live = (through: string): SourceReach => ({ ...file(through), isLive: true })
const context = (now: string) => ({ now: utc(now), reportingTimeZone: 'UTC' })

describe('how far the facts reach', () => {
  it('is nowhere without an event', () => {
    expect(loadedThrough([], context('2026-10-01T00:00:00'))).toEqual({
      observedThrough: null,
      loadedThrough: null,
      matureThrough: null,
    })
  })

  it('is held back by the slowest live source, however long ago that stopped, and by no file', () => {
    const reach = loadedThrough(
      [
        live('2026-09-20T10:00:00'),
        live('2026-06-18T10:00:00'),
        file('2026-05-01T00:00:00'),
        declared('2026-09-19T00:00:00'),
      ],
      context('2026-09-21T00:00:00'),
    )
    expect(reach.observedThrough).toEqual(utc('2026-06-18T10:00:00'))
    expect(reach.loadedThrough).toEqual(utc('2026-06-18T10:00:00'))
    expect(reach.matureThrough).toEqual(utc('2026-06-11T10:00:00'))
  })

  it('among files reaches as far as the farthest, and counts as seen up to the slowest that ends within 7 days of it', () => {
    const exactly = [file('2026-09-20T10:00:00'), file('2026-09-13T10:00:00')]
    expect(loadedThrough(exactly, context('2026-09-21T00:00:00'))).toEqual({
      observedThrough: utc('2026-09-13T10:00:00'),
      loadedThrough: utc('2026-09-20T10:00:00'),
      matureThrough: utc('2026-09-13T10:00:00'),
    })
    const before = [file('2026-09-20T10:00:00'), file('2026-09-13T09:59:59')]
    expect(loadedThrough(before, context('2026-09-21T00:00:00')).observedThrough).toEqual(utc('2026-09-20T10:00:00'))
  })

  it('does not take the settled month of one file for the month in which another goes on', () => {
    const reach = loadedThrough(
      [file('2026-09-20T10:00:00'), file('2026-10-02T10:00:00')],
      context('2026-10-09T00:00:00'),
    )
    expect(reach.loadedThrough).toEqual(utc('2026-10-02T10:00:00'))
  })

  it('settles the last month of data that simply ends, once 7 days have passed since that month', () => {
    const events = [file('2026-09-12T10:00:00')]
    const early = loadedThrough(events, context('2026-10-07T23:59:59'))
    expect(early.loadedThrough).toEqual(utc('2026-09-12T10:00:00'))
    const late = loadedThrough(events, context('2026-10-08T00:00:00'))
    expect(late.observedThrough).toEqual(utc('2026-09-12T10:00:00'))
    expect(late.loadedThrough).toEqual(utc('2026-10-08T00:00:00'))
    expect(late.matureThrough).toEqual(utc('2026-10-01T00:00:00'))
  })

  it('counts the month in the reporting time zone', () => {
    const reach = loadedThrough([file('2026-09-30T23:00:00')], {
      now: utc('2026-12-01T00:00:00'),
      reportingTimeZone: 'Europe/Berlin',
    })
    // 01:00 of 1 October in Berlin: October is the month, and Berlin has left summer time by its end.
    expect(reach.matureThrough).toEqual(utc('2026-10-31T23:00:00'))
  })

  it('does not reach into the future when a clock runs ahead', () => {
    const reach = loadedThrough([file('2026-09-22T00:00:00')], context('2026-09-21T00:00:00'))
    expect(reach.observedThrough).toEqual(utc('2026-09-21T00:00:00'))
  })

  it('settles declared files 7 days after what was declared, and not the rest of the month', () => {
    const whole = [declared('2026-11-01T00:00:00')]
    expect(loadedThrough(whole, context('2026-11-07T23:59:59')).matureThrough).toEqual(utc('2026-10-25T00:00:00'))
    expect(loadedThrough(whole, context('2026-11-08T00:00:00')).matureThrough).toEqual(utc('2026-11-01T00:00:00'))
    const half = loadedThrough([declared('2026-10-16T00:00:00')], context('2027-01-01T00:00:00'))
    expect(half.matureThrough).toEqual(utc('2026-10-16T00:00:00'))
  })

  it('never settles a live source: what it has not delivered is missing', () => {
    const reach = loadedThrough([live('2026-09-12T10:00:00')], context('2026-12-01T00:00:00'))
    expect(reach.loadedThrough).toEqual(utc('2026-09-12T10:00:00'))
    expect(reachOfSource(live('2026-09-12T10:00:00'), context('2026-12-01T00:00:00')).matureThrough).toEqual(
      utc('2026-09-05T10:00:00'),
    )
  })

  it('is never later than now and only grows as a file settles (any files, any later now)', () => {
    const start = utc('2026-01-01T00:00:00').getTime()
    const hour = 3_600_000
    const anyReach = fc.record({
      source: fc.constantFrom('a', 'b', 'c'),
      isLive: fc.boolean(),
      isDeclared: fc.boolean(),
      through: fc.integer({ min: 0, max: 9000 }).map((hours) => new Date(start + hours * hour)),
    })
    fc.assert(
      fc.property(
        fc.array(anyReach, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 0, max: 900 }),
        (reaches, hours, more) => {
          const now = new Date(start + hours * hour)
          const later = new Date(now.getTime() + more * hour)
          const [first, second] = [now, later].map((at) =>
            loadedThrough(reaches, { now: at, reportingTimeZone: 'UTC' }),
          )
          const time = (each: Date | null | undefined) => each?.getTime() ?? Number.NaN
          expect(time(first?.loadedThrough)).toBeLessThanOrEqual(now.getTime())
          expect(time(first?.observedThrough)).toBeLessThanOrEqual(time(first?.loadedThrough))
          expect(time(second?.loadedThrough)).toBeGreaterThanOrEqual(time(first?.loadedThrough))
        },
      ),
      { seed: 20261121 },
    )
  })
})

describe('a live source', () => {
  it('has stopped delivering when it was silent for more than 3 days; files never have', () => {
    const now = utc('2026-09-21T00:00:00')
    expect(hasStopped(live('2026-09-18T00:00:00'), now)).toBe(false)
    expect(hasStopped(live('2026-09-17T23:59:59'), now)).toBe(true)
    expect(hasStopped(declared('2026-01-01T00:00:00'), now)).toBe(false)
  })
})
