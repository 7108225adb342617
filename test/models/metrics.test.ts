import { describe, expect, it } from 'vitest'
import { type MetricDefinition, metrics } from '#models/metrics.ts'

const catalogue: [string, MetricDefinition][] = Object.entries(metrics)

describe('the catalogue of metrics', () => {
  it.each(catalogue)('says of %s what is counted, of what, and which other reading was rejected', (_, metric) => {
    for (const text of [metric.label, metric.numerator, metric.denominator]) expect(text).not.toBe('')
    expect(metric.why).toMatch(/Rejected: .+\.$/)
    expect(metric.definitionVersion).toBeGreaterThanOrEqual(1)
    expect(metric.maturityHours).toBeGreaterThanOrEqual(0)
  })

  it('labels no two metrics alike', () => {
    expect(new Set(catalogue.map(([, { label }]) => label)).size).toBe(catalogue.length)
  })

  it('gives plain counts neither a denominator nor an interval nor a least sample', () => {
    for (const [id, { unit, denominator, interval, minimumSample }] of catalogue) {
      expect(denominator === 'none', id).toBe(unit === 'count')
      if (unit === 'count') expect([interval, minimumSample], id).toEqual(['none', 0])
      else expect(minimumSample, id).toBeGreaterThan(0)
    }
  })

  it('holds every metric that was asked for', () => {
    expect(catalogue.map(([id]) => id)).toEqual(
      expect.arrayContaining([
        'volume',
        'ai_share',
        'automation_rate',
        'ai_error_rate',
        'critical_defects',
        'expected_errors_per_day',
        'repeat_contact_rate_24h',
        'repeat_contact_rate_48h',
        'repeat_contact_rate_7d',
        'escalation_rate',
        'unexpected_escalation_rate',
        'failed_handoffs',
        'claimed_resolution_rate',
        'confirmed_resolution_rate',
        'durable_resolution_rate',
        'resolution_gap',
        'csat_satisfied_rate',
        'csat_mean',
        'csat_response_rate',
        'qa_score',
        'qa_coverage',
        'qa_completion',
        'qa_on_time_rate',
        'qa_oldest_open_days',
        'tone_defect_rate',
        'unresolved_rate',
        'judge_agreement',
        'automation_creep',
        'human_minutes_per_100',
      ]),
    )
  })
})
