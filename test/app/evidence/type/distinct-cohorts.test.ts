import { describe, expect, it } from 'vitest'
import { distinctCohorts } from '#app/evidence/type/distinct-cohorts.ts'
import type { Cohort, MetricId } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { metricPoint } from '#test/build/metric-points.ts'

const months = ['2026-08', '2026-09'].map(parseMonth)
const points = (metric: MetricId, cohort: Cohort, ...counts: number[]) =>
  counts.flatMap((count, index) => {
    const month = months[index]
    return month === undefined ? [] : [metricPoint(month, metric, count, 100, { cohort })]
  })
const cohortsOf = (given: ReturnType<typeof points>) => new Set(distinctCohorts(given).map(({ cohort }) => cohort))

describe('distinctCohorts', () => {
  it('leaves out the part of the AI contacts that is all of them, and the empty rest', () => {
    const given = [
      ...points('volume', 'all', 40, 50),
      ...points('volume', 'ai_participated', 30, 40),
      ...points('volume', 'ai_assisted', 30, 40),
      ...points('volume', 'ai', 0, 0),
      ...points('ai_error_rate', 'ai_assisted', 3, 4),
    ]
    expect(cohortsOf(given)).toEqual(new Set(['all', 'ai_participated']))
  })

  it('keeps both as soon as one contact of one month tells them apart', () => {
    const given = [
      ...points('volume', 'ai_participated', 30, 40),
      ...points('volume', 'ai_assisted', 30, 39),
      ...points('volume', 'ai', 0, 1),
    ]
    expect(cohortsOf(given)).toEqual(new Set(['ai_participated', 'ai_assisted', 'ai']))
  })
})
