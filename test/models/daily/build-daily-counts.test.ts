import { describe, expect, it } from 'vitest'
import { interaction } from '#models/contract/interaction.ts'
import { warehouseOf } from '../warehouse-of.ts'

const started_at = new Date('2026-09-05T10:00:00Z')
const reasons = interaction.shape.exclusion.unwrap().unwrap().options

describe('daily counts', () => {
  it('count each reason why a contact is no demand of its own, so that nothing is left out silently', async () => {
    const contacts = [
      ...reasons.map((exclusion) => ({ exclusion })),
      { direction: 'outbound' as const },
      { is_time_placeholder: true },
      { direction: 'outbound' as const, exclusion: 'spam' as const },
      {},
    ].map((each, index) => ({ interaction_id: String(index), started_at, ...each }))
    const warehouse = await warehouseOf({ interactions: contacts })
    const [day] = await warehouse.db.selectFrom('daily_counts').selectAll().execute()
    const excluded = Object.entries(day ?? {}).filter(([column]) => column.startsWith('excluded_'))
    expect(Object.fromEntries(excluded)).toEqual({
      ...Object.fromEntries(reasons.map((reason) => [`excluded_${reason}_count`, reason === 'spam' ? 2 : 1])),
      excluded_outbound_count: 1,
      excluded_placeholder_time_count: 1,
    })
    const total = excluded.reduce((sum, [, count]) => sum + Number(count), 0)
    expect(total + (day?.repeat_demand_count ?? 0)).toBe(day?.contact_count)
  })

  it('count segments apart: VIP, distressed at -0.5 and below, trust to win back after a failed contact', async () => {
    const day = (days: number) => new Date(started_at.getTime() + days * 86_400_000)
    const contact = (interaction_id: string, days: number, more: object = {}) => ({
      interaction_id,
      customer_id: 'u',
      interaction_type: interaction_id,
      started_at: day(days),
      ...more,
    })
    const warehouse = await warehouseOf({
      interactions: [
        contact('vip', 0, { customer_tier: 'vip', customer_id: 'v' }),
        contact('distressed', 0, { sentiment: -0.5, customer_id: 'w' }),
        contact('calm', 0, { sentiment: -0.49, customer_id: 'x' }),
        contact('failed', 0, { claimed_resolution: 'unresolved' }),
        contact('seventh', 7),
        contact('eighth', 7.001),
      ],
    })
    const rows = await warehouse.db.selectFrom('daily_counts').selectAll().execute()
    const of = (column: 'vip_count' | 'distressed_count' | 'trust_recovery_count') =>
      rows.filter((row) => row[column] > 0).map((row) => row.interaction_type)
    expect([of('vip_count'), of('distressed_count'), of('trust_recovery_count')]).toEqual([
      ['vip'],
      ['distressed'],
      ['seventh'],
    ])
  })
})
