import { describe, expect, it } from 'vitest'
import {
  countOf,
  countWord,
  formatCount,
  formatDay,
  formatDifference,
  formatInstant,
  formatMetricInterval,
  formatMetricValue,
  formatMonth,
  formatShare,
  formatShareInterval,
  shortMonthName,
} from '#models/format-metric.ts'

describe('format-metric', () => {
  it('keeps a number and its unit together with a narrow no-break space', () => {
    expect(formatShare(0.031)).toBe('3.1\u202f%')
    expect(formatDifference(0.0184)).toBe('+1.8\u202fpp')
  })

  it('writes a true minus, and no sign before zero', () => {
    expect(formatDifference(-0.0461)).toBe('\u22124.6\u202fpp')
    expect(formatDifference(-0.0001)).toBe('0.0\u202fpp')
  })

  it('keeps an interval on its line', () => {
    expect(formatShareInterval(0.021, 0.0449)).toBe('2.1\u00a0to\u00a04.5')
    expect(formatMetricInterval('qa_score', 89.93, 91.5)).toBe('89.9\u00a0to\u00a091.5')
  })

  it('follows the unit of the metric', () => {
    expect(formatMetricValue('ai_error_rate', 0.0308)).toBe('3.1\u202f%')
    expect(formatMetricValue('volume', 188392)).toBe('188,392')
    expect(formatMetricValue('qa_score', 90.74)).toBe('90.7')
  })

  it('gives days, minutes and daily counts their unit', () => {
    expect(formatMetricValue('qa_oldest_open_days', 25)).toBe('25 days')
    expect(formatMetricValue('qa_oldest_open_days', 1)).toBe('1 day')
    expect(formatMetricValue('human_minutes_per_100', 312.04)).toBe('312.0\u00a0min')
    expect(formatMetricValue('expected_errors_per_day', 4.25)).toBe('4.3 a\u00a0day')
    expect(formatMetricValue('qa_score', 92.2)).toBe('92.2')
  })

  it('names months and days in English, in the zone asked for', () => {
    expect(formatMonth('2026-09')).toBe('September 2026')
    expect(shortMonthName('2026-09')).toBe('Sep')
    expect(formatDay(new Date('2026-09-30T23:30:00Z'), 'Europe/Berlin')).toBe('1 Oct 2026')
    expect(formatInstant(new Date('2026-09-30T23:30:00Z'), 'UTC')).toBe('30 Sep 2026 23:30 UTC')
  })

  it('counts in words up to twelve', () => {
    expect(countWord(1)).toBe('one')
    expect(countWord(13)).toBe('13')
    expect(countOf(1, 'type')).toBe('1 type')
    expect(countOf(1204, 'type')).toBe('1,204 types')
    expect(formatCount(0)).toBe('0')
  })
})
