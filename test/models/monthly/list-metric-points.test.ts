import { expect, it } from 'vitest'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { warehouseOf } from '../warehouse-of.ts'

const month = parseMonth('2026-09')

it('reads a snapshot that was built before rates were weighted: its numbers are unweighted', async () => {
  const warehouse = await warehouseOf({
    interactions: [{ interaction_id: '1', started_at: new Date('2026-09-05T10:00:00Z') }],
  })
  const before = await listMetricPoints(warehouse.db, { from: month, through: month })
  expect(before.length).toBeGreaterThan(0)
  await warehouse.db.schema.alterTable('monthly_metrics').dropColumn('effective_size').execute()
  expect(await listMetricPoints(warehouse.db, { from: month, through: month })).toEqual(before)
})
