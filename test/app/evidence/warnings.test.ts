import { describe, expect, it } from 'vitest'
import { closedMonthsUpTo } from '#app/evidence/closed-months.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { warnOfAutomationCreep } from '#app/evidence/warnings/automation-creep.ts'
import { warnOfCsatDownAiUp } from '#app/evidence/warnings/csat-down-ai-up.ts'
import { warnOfErrorRateUnknown } from '#app/evidence/warnings/error-rate-unknown.ts'
import { arrangeWarnings, listWarnings } from '#app/evidence/warnings/list-warnings.ts'
import { warnOfRepeatContactUp } from '#app/evidence/warnings/rate-up.ts'
import { warnOfReviewsIncomplete } from '#app/evidence/warnings/reviews-incomplete.ts'
import { warnOfReviewsLate } from '#app/evidence/warnings/reviews-late.ts'
import type { Warning, WarningInput } from '#app/evidence/warnings/warning.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { MetricPoint } from '#models/metrics.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { csatAnswersOf, metricPoint, monthly, volumePoints } from '#test/build/metric-points.ts'

const month = '2026-09'

function inputOf(points: readonly MetricPoint[], csatChannels = csatAnswersOf(points)): WarningInput {
  const index = indexPoints(points)
  const months = [...new Set(points.map((point) => point.month))].sort()
  return {
    interactionType: 'refund_request',
    month,
    closedMonths: closedMonthsUpTo(months, month, index),
    points: index,
    csatChannels,
    policy: defaultPolicy,
    evaluation: undefined,
  }
}

describe('automation creep', () => {
  const creep = (month: string, count: number) => metricPoint(month, 'automation_creep', count, 1000, { cohort: 'all' })

  it('is a full count: one contact beyond the level is a fact, with its number and since when', () => {
    const points = monthly('2026-06', 4, (month, index) => [
      ...volumePoints(month, { assisted: 1000 }),
      creep(month, index >= 2 ? 118 : 0),
    ])
    const warning = warnOfAutomationCreep(inputOf(points))
    expect(warning?.text).toContain('118 of 1,000 contacts (11.8\u202f%)')
    expect(warning?.text).toContain('11.8\u202f% in August')
    expect(warning?.since).toBe('Since August 2026.')
    expect(warning?.href).toContain('metric=automation_creep')
  })

  it('says nothing without any', () => {
    const points = monthly('2026-06', 4, (month) => [...volumePoints(month, { assisted: 1000 }), creep(month, 0)])
    expect(warnOfAutomationCreep(inputOf(points))).toBeNull()
  })
})

describe('reviews', () => {
  const withReviews = (done: number, drawn: number, onTime: number) =>
    inputOf([
      ...volumePoints(month, { ai: 500 }),
      metricPoint(month, 'qa_completion', done, drawn),
      metricPoint(month, 'qa_on_time_rate', onTime, drawn),
    ])

  it('not done warn under the gate of completion', () => {
    expect(warnOfReviewsIncomplete(withReviews(90, 120, 90))?.text).toContain('30 drawn reviews of 120 are still open')
    expect(warnOfReviewsIncomplete(withReviews(108, 120, 108))).toBeNull()
  })

  it('late warn only when it is more than a few', () => {
    expect(warnOfReviewsLate(withReviews(120, 120, 84))?.text).toContain('84 of 120')
    expect(warnOfReviewsLate(withReviews(120, 120, 105))).toBeNull()
  })
})

describe('an error rate that nobody can know', () => {
  it('warns when the AI takes part and fewer than 30 reviews are done in the window', () => {
    const points = [...volumePoints(month, { ai: 200, assisted: 100 }), metricPoint(month, 'ai_error_rate', 0, 4)]
    const warning = warnOfErrorRateUnknown(inputOf(points))
    expect(warning?.text).toContain('300 contacts with AI this month and only 4 random reviews')
  })

  it('adds up the months of the window', () => {
    const points = monthly('2026-07', 3, (month) => [
      ...volumePoints(month, { ai: 200 }),
      metricPoint(month, 'ai_error_rate', 0, 10),
    ])
    expect(warnOfErrorRateUnknown(inputOf(points))).toBeNull()
  })

  it('does not warn where people do everything', () => {
    expect(warnOfErrorRateUnknown(inputOf(volumePoints(month, { human: 200 })))).toBeNull()
  })
})

describe('CSAT down while the AI does more', () => {
  const story = (satisfied: number[], assisted: number[]) =>
    inputOf(
      monthly('2026-04', 6, (month, index) => [
        ...volumePoints(month, { assisted: assisted[index] ?? 0, human: 1000 - (assisted[index] ?? 0) }),
        metricPoint(month, 'csat_satisfied_rate', satisfied[index] ?? 0, 400, { scale: 'five_point' }),
      ]),
    )

  it('warns of a fall beyond chance while the share rises', () => {
    const warning = warnOfCsatDownAiUp(story([332, 330, 322, 316, 310, 304], [300, 340, 400, 450, 520, 580]))
    expect(warning?.text).toContain('at one mix of channels, went from 83.0 to 76.0\u202f% from April to September')
    expect(warning?.text).toContain('the AI share rose from 30 to 58\u202f%')
  })

  it('does not warn of a fall alone, nor of a rise of the AI alone', () => {
    expect(warnOfCsatDownAiUp(story([332, 330, 322, 316, 310, 304], [400, 400, 400, 400, 400, 400]))).toBeNull()
    expect(warnOfCsatDownAiUp(story([332, 330, 331, 333, 330, 331], [300, 340, 400, 450, 520, 580]))).toBeNull()
  })

  it('does not take a shift to a channel whose answers are worse for a fall', () => {
    const emails = [40, 80, 130, 190, 250, 310]
    const channels = emails.flatMap((email, index) => {
      const row = { month: addMonths(parseMonth('2026-04'), index), interactionType: 'refund_request' }
      const scale = 'five_point' as const
      return [
        { ...row, scale, channel: 'chat', answered: 400 - email, satisfied: Math.round((400 - email) * 0.9) },
        { ...row, scale, channel: 'email', answered: email, satisfied: Math.round(email * 0.6) },
      ]
    })
    const points = monthly('2026-04', 6, (month, index) => {
      const ofMonth = channels.filter((row) => row.month === month)
      const satisfied = ofMonth.reduce((sum, row) => sum + row.satisfied, 0)
      const assisted = 300 + 60 * index
      return [
        ...volumePoints(month, { assisted, human: 1000 - assisted }),
        metricPoint(month, 'csat_satisfied_rate', satisfied, 400, { scale: 'five_point' }),
      ]
    })
    expect(warnOfCsatDownAiUp(inputOf(points))?.text).toContain('from 87.0 to')
    expect(warnOfCsatDownAiUp(inputOf(points, channels))).toBeNull()
  })

  it('needs four closed months', () => {
    const points = monthly('2026-07', 3, (month, index) => [
      ...volumePoints(month, { assisted: 300 + 100 * index, human: 500 }),
      metricPoint(month, 'csat_satisfied_rate', 340 - 40 * index, 400, { scale: 'five_point' }),
    ])
    expect(warnOfCsatDownAiUp(inputOf(points))).toBeNull()
  })
})

describe('repeat contact up', () => {
  const story = (early: number, late: number) =>
    inputOf(
      monthly('2026-04', 6, (month, index) => [
        ...volumePoints(month, { ai: 1000 }),
        metricPoint(month, 'repeat_contact_rate_48h', index < 3 ? early : late, 1000),
      ]),
    )

  it('warns of a rise beyond chance, with both rates and the difference', () => {
    const warning = warnOfRepeatContactUp(story(60, 95))
    expect(warning?.text).toContain('rose from 6.0 to 9.5\u202f% (285 of 3,000)')
    expect(warning?.since).toBe('July to September 2026 against April to June 2026.')
  })

  it('is silent within chance, and on a rise too small to matter', () => {
    expect(warnOfRepeatContactUp(story(60, 66))).toBeNull()
    expect(warnOfRepeatContactUp(story(60, 55))).toBeNull()
  })
})

describe('the warnings of a page', () => {
  it('compare nothing while the month is provisional', () => {
    const points = [
      ...volumePoints(month, { ai: 200 }, { isFinal: false }),
      metricPoint(month, 'automation_creep', 20, 200, { cohort: 'all' }),
    ]
    expect(listWarnings(inputOf(points))).toEqual([])
  })

  const warning = (interactionType: string, word: string, status: Warning['status']): Warning => ({
    interactionType,
    word,
    status,
    text: '',
    since: null,
    href: '',
  })

  it('put what is shown to fail first and say a shared unknown once', () => {
    const arranged = arrangeWarnings([
      warning('a', 'Error rate unknown', 'inconclusive'),
      warning('b', 'Reviews late', 'signal'),
      warning('b', 'Error rate unknown', 'inconclusive'),
      warning('c', 'Error rate unknown', 'inconclusive'),
      warning('c', 'Automation creep', 'signal'),
      warning('d', 'CSAT down, AI up', 'fail'),
      warning('d', 'Error rate unknown', 'inconclusive'),
    ])
    expect(arranged.map(({ interactionType, word }) => `${interactionType}: ${word}`)).toEqual([
      'd: CSAT down, AI up',
      'c: Automation creep',
      'b: Reviews late',
      '4 types: Error rate unknown',
    ])
    expect(arranged.at(-1)?.text).toContain('a, b, c and 1 more')
  })
})
