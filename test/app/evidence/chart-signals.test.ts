import { describe, expect, it } from 'vitest'
import { chartFindings } from '#app/evidence/chart-signals.ts'
import { controlCharts } from '#models/control-charts/control-chart.ts'
import type { MetricId } from '#models/metrics.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'

const zigzag = [90, 92, 89, 91, 88, 93, 90, 89, 92, 88, 91, 90]

function findingsOf(metric: MetricId, given: readonly number[]) {
  const months = given.map((value, index) => ({
    month: addMonths(parseMonth('2025-01'), index),
    value,
    numerator: value,
    denominator: 1,
    definitionVersion: 1,
  }))
  return chartFindings(
    metric,
    controlCharts(metric, months)[0] ?? { kind: 'none', definitionVersion: 1, centre: null, isTrial: true, points: [] },
  )
}

describe('chartFindings', () => {
  it('says a single month outside, and which way is good', () => {
    expect(findingsOf('qa_score', [...zigzag, 70])).toEqual([
      {
        isFavourable: false,
        text: 'QA score: 70.0 in January 2026, further below the usual 90.3 than chance explains.',
      },
    ])
  })

  it('says a run of months once', () => {
    const [finding, ...others] = findingsOf('qa_score', [...zigzag, 87, 88, 89, 90, 91, 92, 93])
    expect(others).toEqual([])
    expect(finding).toEqual({
      isFavourable: true,
      text: 'QA score: up every month from January to July 2026, from 87.0 to 93.0.',
    })
  })

  it('says months on one side, and months near the limit', () => {
    expect(findingsOf('qa_score', [...zigzag, 91, 92, 91, 93, 91, 92, 91]).map(({ text }) => text)).toEqual([
      'QA score: above the usual 90.3 in all seven months from January to July 2026.',
    ])
    expect(findingsOf('volume', [...zigzag, 96, 91, 96]).map(({ text }) => text)).toEqual([
      'Contacts: far above the usual 90 in January 2026 and March 2026, two of three in a row: too often for chance.',
    ])
  })

  it('says of months in several overlapping threes what is true of each', () => {
    expect(findingsOf('volume', [...zigzag, 96, 96, 91, 96]).map(({ text }) => text)).toContain(
      'Contacts: far above the usual 90 in January 2026, February 2026 and April 2026, each among three months in a row of which two or more are: too often for chance.',
    )
  })

  it('says nothing of what stays within chance, or of too few months', () => {
    expect(findingsOf('qa_score', zigzag)).toEqual([])
    expect(findingsOf('qa_score', [90, 20, 90])).toEqual([])
  })
})
