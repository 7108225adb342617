import { describe, expect, it } from 'vitest'
import { monthContext } from '#models/monthly/month-context.ts'
import { addMonths, completeThrough, monthEnd, monthOf, monthStart, parseMonth } from '#models/reporting-month.ts'

const utc = (text: string) => new Date(`${text}Z`)

describe('a month of the reporting time zone', () => {
  it('begins with its first instant, though that hour is there twice when clocks go back over midnight', () => {
    const november = parseMonth('2026-11')
    expect(monthStart(november, 'America/Havana')).toEqual(utc('2026-11-01T04:00:00'))
    expect(monthEnd(parseMonth('2026-10'), 'America/Havana')).toEqual(utc('2026-11-01T04:00:00'))
    expect(monthStart(november, 'America/New_York')).toEqual(utc('2026-11-01T04:00:00'))
    expect(monthEnd(november, 'America/New_York')).toEqual(utc('2026-12-01T05:00:00'))
  })

  // The zones with changes at or about midnight, at a month's turn, or by half an hour.
  it.each([
    'America/Havana',
    'America/New_York',
    'America/Asuncion',
    'America/Santiago',
    'Africa/Cairo',
    'Asia/Amman',
    'Asia/Beirut',
    'Asia/Kolkata',
    'Atlantic/Azores',
    'Australia/Lord_Howe',
    'Europe/Berlin',
    'UTC',
  ])('holds what monthOf puts into it, and nothing before: %s', (zone) => {
    for (let month = parseMonth('2010-01'); month < '2031-01'; month = addMonths(month, 1)) {
      const start = monthStart(month, zone)
      expect([month, monthOf(start, zone), monthOf(new Date(start.getTime() - 1), zone)]).toEqual([
        month,
        month,
        addMonths(month, -1),
      ])
    }
  })
})

describe('complete through a day', () => {
  it('means its end, also where the next day begins at one o\u2019clock or twice', () => {
    expect(completeThrough('2026-03-28', 'Asia/Beirut')).toEqual(utc('2026-03-28T22:00:00'))
    expect(completeThrough('2026-10-31', 'America/Havana')).toEqual(utc('2026-11-01T04:00:00'))
    expect(completeThrough('2026-02-30', 'UTC')).toBeNull()
  })
})

describe('the days of a month that are loaded', () => {
  const days = (month: string, loadedThrough: string) =>
    monthContext(parseMonth(month), { reportingTimeZone: 'Europe/Berlin', loadedThrough: utc(loadedThrough) }).days

  it('are those of the calendar, of 23 and of 25 hours', () => {
    expect(days('2026-10', '2026-10-24T22:00:00')).toBe(24)
    expect(days('2026-10', '2026-10-26T23:00:00')).toBe(26)
    expect(days('2026-10', '2026-10-26T23:00:01')).toBe(27)
    expect(days('2026-03', '2026-03-29T22:00:00')).toBe(29)
    expect(days('2026-03', '2026-03-29T22:00:01')).toBe(30)
  })

  it('are one before it begins and all once it is over', () => {
    expect(days('2026-10', '2026-09-01T00:00:00')).toBe(1)
    expect(days('2026-10', '2026-10-31T22:59:59')).toBe(31)
    expect(days('2026-10', '2027-01-01T00:00:00')).toBe(31)
    expect(monthContext(parseMonth('2026-10'), { reportingTimeZone: 'UTC', loadedThrough: null }).days).toBe(1)
  })
})
