import { describe, expect, it } from 'vitest'
import type { ContactFilter } from '#models/contacts/contact-filter.ts'
import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { metricIds, metrics } from '#models/metrics.ts'
import { listFilteredPoints } from '#models/monthly/list-filtered-points.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { metricParts } from '#models/monthly/metric-parts.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

const every: ContactFilter = { channel: null, customerTier: null, aiVersion: null }
const built = metricIds.filter((id) => id !== 'qa_oldest_open_days')
const cycle = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

/** Two months and types; channel, tier and version run through all their combinations. */
function facts(): Facts {
  const ids = Array.from({ length: 72 }, (_, index) => index)
  const at = (index: number) => new Date(Date.UTC(2026, 7 + (index % 2), 1 + (index % 25), 9))
  return {
    interactions: ids.map((index) => ({
      interaction_id: `i${index}`,
      interaction_type: cycle(['refund', 'order'], Math.floor(index / 2)),
      handled_by: cycle(['ai', 'ai_assisted', 'human'] as const, index),
      channel: cycle(['chat', 'email'] as const, Math.floor(index / 3)),
      customer_tier: cycle(['vip', 'standard', null] as const, Math.floor(index / 5)),
      ai_version: cycle(['v1', 'v2', null], Math.floor(index / 7)),
      customer_id: `c${index % 20}`,
      claimed_resolution: cycle(['assumed', 'unresolved', null] as const, index),
      human_seconds: cycle([60, null], index),
      started_at: at(index),
      ended_at: at(index),
    })),
    qa_reviews: ids
      .filter((index) => index % 3 !== 2)
      .map((index) => ({
        review_id: `r${index}`,
        interaction_id: `i${index}`,
        sampled_at: at(index),
        reviewed_at: at(index),
        score: 50 + index / 2,
        outcome: cycle(['pass', 'pass', 'fail'] as const, index),
      })),
    csat_responses: ids
      .filter((index) => index % 2 === 0)
      .map((index) => ({
        response_id: `s${index}`,
        interaction_id: `i${index}`,
        offered_at: at(index),
        responded_at: at(index),
        score: 1 + (index % 5),
      })),
  }
}

describe('the numbers of some contacts', () => {
  it('are those of all contacts where nothing is left out', async () => {
    const warehouse = await warehouseOf(facts())
    const info = await getSnapshotInfo(warehouse.db)
    const filtered = await listFilteredPoints(warehouse, { contacts: every, metrics: built, ...info })
    const all = await listMetricPoints(warehouse.db, { from: parseMonth('2026-08'), through: parseMonth('2026-09') })
    const expected = all.filter(({ metric }) => metric !== 'qa_oldest_open_days')
    const keyed = (points: typeof all) =>
      new Map(
        points.map((point) => [
          `${point.month} ${point.interactionType} ${point.metric} ${point.cohort} ${point.scale}`,
          point,
        ]),
      )
    expect(keyed(filtered)).toEqual(keyed(expected))
    expect(filtered).toHaveLength(expected.length)
  })

  it('count exactly the rows that are listed under the same filter', async () => {
    const warehouse = await warehouseOf(facts())
    const info = await getSnapshotInfo(warehouse.db)
    const contacts: ContactFilter = { channel: 'chat', customerTier: 'vip', aiVersion: 'v1' }
    const points = await listFilteredPoints(warehouse, { contacts, metrics: built, ...info })
    expect(points.some((point) => point.metric === 'ai_error_rate' && point.denominator > 0)).toBe(true)
    const differing: string[] = []
    for (const point of points.filter(
      ({ month, metric, cohort }) => month === '2026-09' && cohort === metricParts[metric].cohorts[0],
    )) {
      const isSum = ['points', 'minutes'].includes(metrics[point.metric].unit)
      const part = isSum ? ('denominator' as const) : ('numerator' as const)
      const { total } = await listCountedContacts(warehouse, {
        ...point,
        month: parseMonth(point.month),
        contacts,
        part,
        page: 1,
        pageSize: 1,
      })
      if (total !== point[part]) differing.push(`${point.month} ${point.metric} ${point.cohort}: ${total}`)
    }
    expect(differing).toEqual([])
  })

  it('leave out a type none of whose contacts fit, and ask for no more than is named', async () => {
    const warehouse = await warehouseOf(facts())
    const info = await getSnapshotInfo(warehouse.db)
    const contacts: ContactFilter = { ...every, channel: 'voice' }
    expect(await listFilteredPoints(warehouse, { contacts, metrics: built, ...info })).toEqual([])
    const volumes = await listFilteredPoints(warehouse, { contacts: every, metrics: ['volume'], ...info })
    expect(new Set(volumes.map(({ metric }) => metric))).toEqual(new Set(['volume']))
  })
})

describe('the list of rows', () => {
  it('is empty, not whole, where no type is asked for', async () => {
    const warehouse = await warehouseOf(facts())
    const asked = {
      month: parseMonth('2026-09'),
      metric: 'volume',
      cohort: 'all',
      scale: null,
      part: 'numerator',
    } as const
    const listed = async (interactionTypes: string[] | undefined) =>
      (
        await listCountedContacts(warehouse, {
          ...asked,
          interactionType: null,
          interactionTypes,
          page: 1,
          pageSize: 1,
        })
      ).total
    expect(await listed(undefined)).toBe(36)
    expect(await listed(['refund'])).toBe(18)
    expect(await listed([])).toBe(0)
  })
})
