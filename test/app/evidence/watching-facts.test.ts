import { describe, expect, it } from 'vitest'
import { indexPoints } from '#app/evidence/point-index.ts'
import type { TypeInput } from '#app/evidence/type/type-input.ts'
import { watchingFacts } from '#app/evidence/type/watching-facts.ts'
import type { MetricPoint } from '#models/metrics.ts'
import { metricPoint } from '#test/build/metric-points.ts'

const month = '2026-09'

function criticalDefects(...points: MetricPoint[]) {
  const input = { interactionType: 'refund_request', month, points: indexPoints(points) } as unknown as TypeInput
  return watchingFacts(input).find(({ metric }) => metric === 'critical_defects')
}

describe('the count of critical defects', () => {
  const found = (count: number) => metricPoint(month, 'critical_defects', count, 0)
  const reviews = metricPoint(month, 'ai_error_rate', 2, 100)

  it('is not measured where nobody reviewed, or no error was graded', () => {
    expect(criticalDefects(found(0))).toMatchObject({ text: null, why: 'No random review was completed' })
    expect(criticalDefects(found(0), metricPoint(month, 'ai_error_rate', 0, 0))).toMatchObject({ text: null })
    expect(criticalDefects(found(0), reviews, metricPoint(month, 'severity_graded', 0, 2))).toMatchObject({
      text: null,
      why: 'No error has a severity',
    })
  })

  it('counts where somebody looked, and always what was found', () => {
    expect(criticalDefects(found(0), reviews, metricPoint(month, 'severity_graded', 2, 2))).toMatchObject({ text: '0' })
    expect(criticalDefects(found(1))).toMatchObject({ text: '1' })
  })
})
