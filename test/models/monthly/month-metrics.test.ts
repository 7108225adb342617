import { describe, expect, it } from 'vitest'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { meanBounds } from '#models/statistics/mean-bounds.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

const at = (text: string) => new Date(`2026-09-${text}Z`)
const september = { from: parseMonth('2026-09'), through: parseMonth('2026-09') }

async function points(facts: Facts, options: Parameters<typeof warehouseOf>[1] = {}) {
  const warehouse = await warehouseOf(facts, options)
  const all = await listMetricPoints(warehouse.db, september)
  return {
    all,
    of: (metric: string, cohort: string, scale: string | null = null) =>
      all.find((each) => each.metric === metric && each.cohort === cohort && each.scale === scale),
  }
}

const contacts = (count: number, row: NonNullable<Facts['interactions']>[number] = {}) =>
  Array.from({ length: count }, (_, index) => ({
    interaction_id: `${row.handled_by ?? 'ai'}-${index}`,
    started_at: at('05T10:00:00'),
    ...row,
  }))

describe('monthly metrics', () => {
  it('have no value without data, never 0 %, and no CSAT rows where no survey was offered', async () => {
    const { all, of } = await points({ interactions: contacts(3) })
    expect(of('volume', 'all')).toMatchObject({ numerator: 3, denominator: 0, value: 3 })
    expect(of('ai_error_rate', 'ai_participated')).toMatchObject({
      numerator: 0,
      denominator: 0,
      value: null,
      lower: null,
      upper: null,
    })
    expect(of('qa_coverage', 'ai_participated')).toMatchObject({ numerator: 0, denominator: 3, value: 0 })
    expect(of('repeat_contact_rate_48h', 'all')).toMatchObject({ denominator: 0, value: null })
    expect(all.some((each) => each.metric.startsWith('csat'))).toBe(false)
  })

  it('carry the Wilson interval of a rate and the t interval of a mean', async () => {
    const reviews = [90, 70, 85.5, 100].map((score, index) => ({
      review_id: `${index}`,
      interaction_id: `ai-${index}`,
      sampled_at: at('06T10:00:00'),
      reviewed_at: at('06T11:00:00'),
      outcome: index === 1 ? ('fail' as const) : ('pass' as const),
      score,
    }))
    const { of } = await points({ interactions: contacts(5), qa_reviews: reviews })
    expect(of('ai_error_rate', 'ai_participated')).toMatchObject({ value: 0.25, ...wilsonInterval(1, 4) })
    const squares = 90 ** 2 + 70 ** 2 + 85.5 ** 2 + 100 ** 2
    const bounds = meanBounds(4, 345.5, squares, 0.025)
    expect(of('qa_score', 'ai_participated')).toMatchObject({
      numerator: 345.5,
      denominator: 4,
      sumOfSquares: squares,
      value: 86.375,
      lower: bounds?.lower,
      upper: bounds?.upper,
    })
  })

  it('keep CSAT scales apart and count a month without answers of a scale as no data', async () => {
    const { of } = await points({
      interactions: [...contacts(2), ...contacts(1, { handled_by: 'human' })],
      csat_responses: [
        {
          response_id: '1',
          interaction_id: 'ai-0',
          offered_at: at('06T10:00:00'),
          responded_at: at('06T10:00:00'),
          score: 4,
        },
        { response_id: '2', interaction_id: 'ai-1', offered_at: at('06T10:00:00'), scale: 'binary', score: null },
      ],
    })
    expect(of('csat_satisfied_rate', 'ai_participated', 'five_point')).toMatchObject({ numerator: 1, denominator: 1 })
    expect(of('csat_satisfied_rate', 'ai_participated', 'binary')).toMatchObject({ denominator: 0, value: null })
    expect(of('csat_response_rate', 'ai_participated', 'binary')).toMatchObject({ denominator: 1, value: 0 })
    expect(of('csat_response_rate', 'human', 'five_point')).toMatchObject({ denominator: 0, value: null })
    expect(of('csat_satisfied_rate', 'ai_participated', 'three_point')).toBeUndefined()
  })

  it('call AI acting alone under the on-the-loop level creep, and nothing where no level is in force', async () => {
    const level = { interaction_type: 't', effective_from: at('10T00:00:00'), effective_to: at('20T00:00:00') }
    const day = (id: string, text: string) => ({ interaction_id: id, started_at: at(text), handled_by: 'ai' as const })
    const { of } = await points({
      interactions: [
        day('before', '09T23:59:59'),
        day('first', '10T00:00:00'),
        day('last', '19T23:59:59'),
        day('after', '20T00:00:00'),
        { interaction_id: 'assisted', started_at: at('12T00:00:00'), handled_by: 'ai_assisted' },
      ],
      levels_in_force: [
        { ...level, oversight_level: 'human_in_the_loop' },
        { ...level, oversight_level: 'human_on_the_loop', effective_from: at('20T00:00:00'), effective_to: null },
      ],
    })
    expect(of('automation_creep', 'all')).toMatchObject({ numerator: 2, denominator: 4 })
  })

  it('are final once the month, and then the time of the metric, have passed', async () => {
    const watermark = async (text: string) => {
      const { of } = await points({ interactions: contacts(1) }, { watermark: new Date(text) })
      return ['volume', 'repeat_contact_rate_24h', 'ai_error_rate'].filter(
        (metric) => of(metric, metric === 'ai_error_rate' ? 'ai_participated' : 'all')?.isFinal,
      )
    }
    expect(await watermark('2026-09-30T23:59:59Z')).toEqual([])
    expect(await watermark('2026-10-01T00:00:00Z')).toEqual(['volume'])
    expect(await watermark('2026-10-02T00:00:00Z')).toEqual(['volume', 'repeat_contact_rate_24h'])
    expect(await watermark('2026-10-08T00:00:00Z')).toEqual(['volume', 'repeat_contact_rate_24h', 'ai_error_rate'])
  })

  it('belong to the month of the start in the reporting time zone', async () => {
    const interactions = [
      { interaction_id: '1', started_at: new Date('2026-08-31T22:30:00Z') },
      { interaction_id: '2', started_at: new Date('2026-09-30T21:59:59Z') },
      { interaction_id: '3', started_at: new Date('2026-09-30T22:00:00Z') },
    ]
    const berlin = await points({ interactions }, { reportingTimeZone: 'Europe/Berlin' })
    expect(berlin.of('volume', 'all')?.value).toBe(2)
    const utc = await points({ interactions })
    expect(utc.of('volume', 'all')?.value).toBe(2)
    const kolkata = await points({ interactions }, { reportingTimeZone: 'Asia/Kolkata' })
    expect(kolkata.of('volume', 'all')?.value).toBe(1)
  })
})
