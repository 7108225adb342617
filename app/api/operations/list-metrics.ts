import { z } from 'zod'
import { type MetricDefinition, metricIds, metrics } from '#models/metrics.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month } from '#models/reporting-month.ts'
import { currentWarehouse } from '../../warehouse.server.ts'
import { interactionType, month, parsedMonth, snapshot } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'
import { pageInfo, pageInfoOf, pageOf, paging } from '../paging.ts'
import { servedSnapshot } from '../served-snapshot.ts'

const cohorts = ['all', 'ai', 'ai_assisted', 'ai_participated', 'human'] as const
/** Without from and through: a year, up to the newest month. */
const defaultMonths = 12

const point = z
  .object({
    month,
    interactionType,
    metric: z.enum(metricIds),
    cohort: z.enum(cohorts),
    scale: z.string().nullable().describe('Of CSAT: which scale was asked on.'),
    numerator: z.number(),
    denominator: z.number(),
    effectiveSize: z
      .number()
      .nullable()
      .describe('Not null: the value is weighted by stratum, no quotient of the counts, and tells as much as so many.'),
    value: z.number().nullable().describe('In the unit of the metric; null where there is nothing to divide by.'),
    lower: z
      .number()
      .nullable()
      .describe('Lower limit of the 95 % interval; null where the metric has none or it is not known.'),
    upper: z.number().nullable(),
    meetsMinimumSample: z.boolean().describe('false: too few to publish the value by itself; use the interval.'),
    isFinal: z.boolean().describe('false: the month may still change.'),
    definitionVersion: z.int().describe('Points of two versions are not compared.'),
  })
  .meta({ id: 'MetricPoint' })

/** The monthly numbers. */
export const listMetrics = jsonOperation({
  id: 'listMetrics',
  path: '/metrics',
  scope: 'metrics:read',
  summary: 'Monthly numbers with counts and intervals',
  description:
    'By month, type, metric, cohort and scale; a year up to the newest month unless from or through says otherwise. The same rows as the dataset monthly_metrics.',
  params: none,
  query: z.strictObject({
    from: parsedMonth.optional(),
    through: parsedMonth.optional(),
    metric: z.enum(metricIds).optional(),
    interactionType: interactionType.optional(),
    cohort: z.enum(cohorts).optional(),
    ...paging,
  }),
  response: z.object({ snapshot, page: pageInfo, points: z.array(point) }),
  async answer({ query }) {
    const { db } = await currentWarehouse()
    const through = query.through ?? (await listMonths(db)).at(-1) ?? ('1990-01' as Month)
    const from = query.from ?? addMonths(through, 1 - defaultMonths)
    if (from > through) throw new OversightError('bad_input', `from (${from}) lies after through (${through}).`)
    const points = await listMetricPoints(db, {
      from,
      through,
      ...(query.interactionType === undefined ? {} : { interactionType: query.interactionType }),
      ...(query.metric === undefined ? {} : { metric: query.metric }),
    })
    const asked = query.cohort === undefined ? points : points.filter(({ cohort }) => cohort === query.cohort)
    return {
      snapshot: await servedSnapshot(),
      page: pageInfoOf(query, asked.length),
      points: pageOf(asked, query).map((one) => ({
        ...one,
        meetsMinimumSample: one.denominator >= (metrics[one.metric] satisfies MetricDefinition).minimumSample,
      })),
    }
  },
})

/** The catalogue that the numbers are to be read by. */
export const listMetricDefinitions = jsonOperation({
  id: 'listMetricDefinitions',
  path: '/metrics/definitions',
  scope: 'metrics:read',
  summary: 'What every metric counts, in which unit, and why',
  description: 'A change of meaning raises the definition version.',
  params: none,
  query: none,
  response: z.object({
    definitions: z.array(
      z.object({
        metric: z.enum(metricIds),
        label: z.string(),
        unit: z.string(),
        better: z.enum(['higher', 'lower', 'none']),
        numerator: z.string(),
        denominator: z.string(),
        per: z.int().optional().describe('The value is for so many of the denominator; for one where left out.'),
        interval: z.enum(['wilson', 't', 'none']),
        maturityHours: z.number(),
        minimumSample: z.number(),
        definitionVersion: z.int(),
        why: z.string(),
      }),
    ),
  }),
  async answer() {
    return { definitions: metricIds.map((metric) => ({ metric, ...(metrics[metric] satisfies MetricDefinition) })) }
  },
})
