import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildModels } from '#models/build-models.ts'
import { explainMetric } from '#models/explain-metric.ts'
import { type MetricId, metricIds, metrics } from '#models/metrics.ts'
import { metricParts } from '#models/monthly/metric-parts.ts'
import { worlds } from './random-world.ts'
import { factsIn } from './warehouse-of.ts'

describe('explaining a metric', () => {
  it('prints SQL that gives, run as it stands, the sums that the models hold', async () => {
    const [world] = fc.sample(worlds('rich'), { seed: 5, numRuns: 1 })
    if (world === undefined) throw new Error('no world')
    const warehouse = await factsIn(world.facts)
    await buildModels(warehouse, { ...world, now: new Date('2026-12-01T00:00:00Z') })
    const connection = warehouse.connection()
    const rows = async (from: string) =>
      (await connection.runAndReadAll(`select * from (${from}) order by all`)).getRowsJson()
    for (const metric of metricIds) {
      const { steps } = explainMetric(metric, world)
      for (const { table, sql } of steps) await connection.run(`create or replace temp table ${table} as ${sql}`)
      const { numerator, denominator } = metricParts[metric]
      const columns = [numerator.count, ...(denominator === null ? [] : [denominator.count])].join(', ')
      const key = 'contact_month, interaction_type, handled_by, csat_scale'
      const explained = await rows(`select ${key}, ${columns} from monthly_metrics`)
      for (const { table } of steps) await connection.run(`drop table temp.${table}`)
      const sums = columns.replaceAll(/(\w+)/g, 'sum($1)')
      expect(explained, metric).toEqual(await rows(`select ${key}, ${sums} from daily_counts group by all`))
      expect(explained.length).toBeGreaterThan(0)
    }
  })

  it('names the columns that a metric comes from, and no stage that it does not need', () => {
    const { definition, steps, lineage } = explainMetric('ai_error_rate', { reportingTimeZone: 'UTC', watermark: null })
    expect(definition).toBe(metrics.ai_error_rate)
    expect(steps.map(({ table }) => table)).toEqual([
      'reviewed_contacts',
      'surveyed_contacts',
      'contacts',
      'daily_counts',
      'monthly_metrics',
    ])
    const columnsOf = (table: string, from: string) =>
      lineage.find((step) => step.table === table)?.reads.find((read) => read.table === from)?.columns
    expect(columnsOf('monthly_metrics', 'daily_counts')).toContain('error_count')
    expect(columnsOf('daily_counts', 'contacts')).toEqual(expect.arrayContaining(['is_error', 'is_random_reviewed']))
    expect(columnsOf('reviewed_contacts', 'qa_reviews')).toEqual(expect.arrayContaining(['outcome', 'severity']))
  })

  it('says how the error rate is weighted where reviews have weights, and from which columns', async () => {
    const { weighting, lineage } = explainMetric('ai_error_rate', { reportingTimeZone: 'UTC', watermark: null })
    expect(weighting?.says).toMatch(/sampling frames.*weighted by the contacts it stands for/)
    const readsOf = (table: string) => lineage.filter((step) => step.table === table).flatMap(({ reads }) => reads)
    expect(readsOf('strata of frames')).toEqual([
      {
        table: 'sampling_frames',
        columns: expect.arrayContaining(['interaction_type', 'month', 'population', 'stratum']),
      },
    ])
    expect(readsOf('strata of reviews')).toEqual([
      { table: 'qa_reviews', columns: expect.arrayContaining(['inclusion_probability', 'sampling', 'stratum']) },
    ])
    const warehouse = await factsIn({})
    for (const { sql } of weighting?.steps ?? []) await warehouse.connection().run(sql)
    expect(metrics.ai_error_rate.why).toContain('each stratum counts by the contacts it stands for')
    const weightingOf = (metric: MetricId) =>
      explainMetric(metric, { reportingTimeZone: 'UTC', watermark: null }).weighting
    expect(weightingOf('qa_score')?.says).toContain('mean score')
    expect(weightingOf('qa_coverage')).toBeNull()
  })
})
