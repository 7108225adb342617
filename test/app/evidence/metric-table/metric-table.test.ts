import { describe, expect, it } from 'vitest'
import { buildMetricTable } from '#app/evidence/metric-table/metric-table.ts'
import { metricTableCsv } from '#app/evidence/metric-table/metric-table-csv.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { metricPoint, volumePoints } from '#test/build/metric-points.ts'

const month = '2026-09'
const cohort = 'ai_participated' as const
const completion = { metric: 'qa_completion', cohort, whyNone: 'None drawn', limit: 0.9 } as const
const tone = { metric: 'tone_defect_rate', cohort, whyNone: 'None reviewed', limit: 0.05 } as const
const critical = { metric: 'critical_defects', cohort, whyNone: 'No AI contact', limit: 0 } as const

const cells = (
  points: Parameters<typeof indexPoints>[0],
  column: Parameters<typeof buildMetricTable>[0]['columns'][0],
) =>
  buildMetricTable({ month, types: ['refund_request'], points: indexPoints(points), columns: [column] }).rows[0]
    ?.cells[0]

describe('a table of types by metric', () => {
  it('gives every number its interval, its count and its rows', () => {
    const cell = cells([metricPoint(month, 'tone_defect_rate', 2, 100)], tone)
    expect(cell).toMatchObject({ text: '2.0\u202f%', counts: '2 of 100' })
    expect(cell?.interval).toMatch(/^0\.6.*7\.0$/)
    expect(cell?.href).toBe(
      '/types/refund_request/interactions?month=2026-09&metric=tone_defect_rate&cohort=ai_participated&part=denominator',
    )
  })

  it('says why nothing was measured, and shows counts alone where a rate would mislead', () => {
    expect(cells([], tone)).toMatchObject({ text: null, why: 'None reviewed', href: null })
    expect(cells([metricPoint(month, 'tone_defect_rate', 1, 29)], tone)).toMatchObject({
      text: '1 of 29',
      why: 'A rate is shown from 30',
      verdict: null,
    })
  })

  it.each([
    ['a share that may not be lower', completion, 89, 100, 'fail'],
    ['at the limit', completion, 90, 100, 'pass'],
    ['a sample whose whole interval is under the limit', tone, 2, 400, 'pass'],
    ['a sample whose interval holds the limit', tone, 2, 100, 'inconclusive'],
    ['a sample whose whole interval is over it', tone, 20, 100, 'fail'],
  ] as const)('%s is %s', (_, column, k, n, verdict) => {
    expect(cells([metricPoint(month, column.metric, k, n)], column)?.verdict).toBe(verdict)
  })

  it('judges a plain count by itself', () => {
    expect(cells([metricPoint(month, 'critical_defects', 1, 0)], critical)).toMatchObject({
      text: '1',
      verdict: 'fail',
    })
    expect(cells([metricPoint(month, 'critical_defects', 0, 0)], critical)?.verdict).toBe('pass')
  })

  it('takes no count for 0 where the AI took part in no contact', () => {
    const none = [...volumePoints(month, { human: 50 }), metricPoint(month, 'critical_defects', 0, 0)]
    const why = 'No AI contact in September 2026'
    expect(cells(none, critical)).toMatchObject({ text: null, why, verdict: null })
    expect(cells(none, tone)).toMatchObject({ text: null, why })
  })

  it('judges nothing where the interval that a metric has is not known', () => {
    const score = { metric: 'qa_score', cohort, whyNone: 'None scored', limit: 90 } as const
    const point = { ...metricPoint(month, 'qa_score', 3800, 40), value: 95, lower: null, upper: null }
    expect(cells([point], score)).toMatchObject({ text: '95.0', verdict: 'inconclusive' })
  })

  it('says so where a share is weighted, and no quotient of its counts', () => {
    const point = { ...metricPoint(month, 'tone_defect_rate', 11, 200), value: 0.019, effectiveSize: 122 }
    expect(cells([point], tone)?.counts).toBe('11 of 200, weighted')
  })

  it('is the same as a file, unrounded', () => {
    const points = indexPoints([metricPoint(month, 'tone_defect_rate', 1, 30)])
    const csv = metricTableCsv({ month, types: ['refund_request'], points, columns: [tone, completion] })
    const [head, row, ...rest] = csv.trim().split('\n')
    expect(head?.split(',').slice(0, 7)).toEqual([
      'month',
      'interaction_type',
      'metric',
      'cohort',
      'numerator',
      'denominator',
      'value',
    ])
    expect(row).toContain('tone_defect_rate,ai_participated,1,30,0.03333')
    expect(rest).toEqual([])
  })
})
