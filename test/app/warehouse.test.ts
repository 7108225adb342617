import { describe, expect, it, onTestFinished } from 'vitest'
import { currentWarehouse, findWarehouse, oncePerSnapshot, snapshotInfo } from '#app/warehouse.server.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { publishSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import { buildWeb, type TestWeb } from '#test/build/web.ts'

function web(): TestWeb {
  const built = buildWeb()
  onTestFinished(() => built.remove())
  return built
}

/** Publishes an empty snapshot, the next one in line. */
async function publish({ runtime }: TestWeb): Promise<void> {
  const building = await startSnapshot(runtime.home.warehouseDirectory)
  const warehouse = await openWarehouse(building.file, { mode: 'write' })
  await createSchema(warehouse)
  await warehouse.db.deleteFrom('snapshot_info').execute()
  await warehouse.db
    .insertInto('snapshot_info')
    .values({
      snapshot_id: building.id,
      created_at: new Date('2026-10-12T08:00:00Z'),
      reporting_time_zone: 'UTC',
      loaded_through: null,
      mature_through: null,
    })
    .execute()
  await publishSnapshot(building, warehouse)
}

const servedSnapshot = async (): Promise<number | undefined> => (await snapshotInfo())?.snapshotId

describe('the warehouse of the pages', () => {
  it('is absent before the first load, and says what to do', async () => {
    const at = web()
    expect(await at.request(findWarehouse)).toBeUndefined()
    await expect(at.request(currentWarehouse)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('oversight load'),
    })
  })

  it('follows the pointer from one request to the next, without a restart', async () => {
    const at = web()
    await publish(at)
    expect(await at.request(servedSnapshot)).toBe(1)
    await publish(at)
    expect(await at.request(servedSnapshot)).toBe(2)
  })

  it('stays one and the same within a request, whatever is published meanwhile', async () => {
    const at = web()
    await publish(at)
    const seen = await at.request(async () => {
      const before = await currentWarehouse()
      await publish(at)
      // Another request takes the new one, and must not close ours under our feet.
      const elsewhere = await at.request(servedSnapshot)
      const after = await currentWarehouse()
      const rows = await after.db.selectFrom('snapshot_info').select('snapshot_id').execute()
      return { isSame: before === after, elsewhere, ours: rows[0]?.snapshot_id }
    })
    expect(seen).toEqual({ isSame: true, elsewhere: 2, ours: 1 })
  })

  it('closes a replaced snapshot after its last reader', async () => {
    const at = web()
    await publish(at)
    const old = await at.request(currentWarehouse)
    await publish(at)
    await at.request(servedSnapshot)
    await expect
      .poll(() =>
        old.db
          .selectFrom('snapshot_info')
          .selectAll()
          .execute()
          .then(
            () => 'open',
            () => 'closed',
          ),
      )
      .toBe('closed')
  })

  it('reads what is asked for once per snapshot, and again after a failure', async () => {
    const at = web()
    await publish(at)
    let reads = 0
    const ask = () =>
      at.request(() =>
        oncePerSnapshot('count', async () => {
          reads += 1
          if (reads === 1) throw new Error('not yet')
          return reads
        }),
      )
    await expect(ask()).rejects.toThrow('not yet')
    expect([await ask(), await ask()]).toEqual([2, 2])
    await publish(at)
    expect(await ask()).toBe(3)
  })

  it('keeps the newest answers of many different questions', async () => {
    const at = web()
    await publish(at)
    let reads = 0
    const ask = (question: string) => at.request(() => oncePerSnapshot(question, async () => ++reads))
    expect(await ask('often')).toBe(1)
    for (let other = 0; other < 100; other += 1) {
      await ask(`other ${other}`)
      expect(await ask('often')).toBe(1)
    }
    expect(await ask('other 99')).toBe(101)
    expect(await ask('other 0')).toBe(102)
  })

  it('is opened read-only', async () => {
    const at = web()
    await publish(at)
    await expect(
      at.request(async () => (await currentWarehouse()).db.deleteFrom('snapshot_info').execute()),
    ).rejects.toThrow(/read-only/i)
  })
})
