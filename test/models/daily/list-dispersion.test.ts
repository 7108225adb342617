import { expect, it } from 'vitest'
import { listDispersion } from '#models/daily/list-dispersion.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { overdispersion } from '#models/statistics/overdispersion.ts'
import { warehouseOf } from '#test/models/warehouse-of.ts'

it('measures the days of a month against the rate of that month', async () => {
  // Ten contacts on each of four days, of which so many were handed over without a trigger.
  const unexpected = [0, 5, 0, 5]
  const contacts = unexpected.flatMap((count, day) =>
    Array.from({ length: 10 }, (_, index) => ({ id: `d${day}-${index}`, day: day + 1, isUnexpected: index < count })),
  )
  const startOf = (day: number) => new Date(`2026-09-0${day}T10:00:00Z`)
  const { db } = await warehouseOf({
    interactions: contacts.map(({ id, day }) => ({
      interaction_id: id,
      interaction_type: 'order_status',
      started_at: startOf(day),
    })),
    escalations: contacts
      .filter(({ isUnexpected }) => isUnexpected)
      .map(({ id, day }) => ({
        escalation_id: id,
        interaction_id: id,
        escalated_at: startOf(day),
        expected: false,
      })),
  })
  const month = parseMonth('2026-09')
  const found = await listDispersion(db, { from: month, through: month })
  const { chiSquare } = overdispersion(unexpected.map((k) => ({ k, n: 10 })))
  expect(found).toEqual([
    {
      month,
      interactionType: 'order_status',
      metric: 'unexpected_escalation_rate',
      chiSquare,
      degreesOfFreedom: 3,
    },
  ])
})
