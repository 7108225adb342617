import { describe, expect, it } from 'vitest'
import { listRestatements } from '#models/restatements/list-restatements.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const contact = (id: string, day: string) => `desk,${id},order_status,chat,${day}T09:00:00Z,ai\n`
const file = (...rows: string[]) => temporaryFiles({ 'interactions.csv': header + rows.join('') })

describe('restatements', () => {
  it('keep every number of a closed month that late rows changed, before and after, with the load', async () => {
    const home = temporaryFolder()
    const first = await loadFiles(home, 'canonical', file(contact('c1', '2026-01-05'), contact('c2', '2026-03-05')))
    expect(first.restatedCount).toBe(0)
    const late = await loadFiles(home, 'canonical', file(contact('c3', '2026-01-06')))
    expect(late.restatedCount).toBeGreaterThan(0)
    const warehouse = await openWarehouse(`${home}/warehouse/snapshot-000002.duckdb`, { mode: 'read' })
    try {
      const restatements = await listRestatements(warehouse.db, { loadId: late.loadId })
      expect(restatements).toHaveLength(late.restatedCount)
      expect(new Set(restatements.map(({ contactMonth }) => contactMonth))).toEqual(new Set(['2026-01-01']))
      expect(restatements).toContainEqual(
        expect.objectContaining({
          loadId: late.loadId,
          contactMonth: '2026-01-01',
          interactionType: 'order_status',
          metric: 'volume',
          cohort: 'all',
          before: expect.objectContaining({ numerator: 1 }),
          after: expect.objectContaining({ numerator: 2 }),
        }),
      )
    } finally {
      await warehouse.close()
    }
  })

  it('are none for months that were still open, nor for a load that changes nothing', async () => {
    const home = temporaryFolder()
    const now = new Date('2026-01-20T00:00:00Z')
    await loadFiles(home, 'canonical', file(contact('c1', '2026-01-05')), { now })
    const next = await loadFiles(home, 'canonical', file(contact('c2', '2026-01-06')), { now })
    expect(next.restatedCount).toBe(0)
    expect(await rowsOf(home, 'SELECT * FROM restatements')).toEqual([])
  })
})
