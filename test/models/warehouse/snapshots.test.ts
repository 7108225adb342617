import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot, publishSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function publishOne(directory: string, loadId: string) {
  const building = await startSnapshot(directory)
  const warehouse = await openWarehouse(building.file, { mode: 'write' })
  await createSchema(warehouse)
  const at = new Date('2026-01-01T00:00:00Z')
  await warehouse.db.deleteFrom('snapshot_info').execute()
  await warehouse.db
    .insertInto('snapshot_info')
    .values({ snapshot_id: 0, created_at: at, reporting_time_zone: 'UTC', loaded_through: null, mature_through: null })
    .execute()
  await warehouse.db
    .insertInto('loads')
    .values({ load_id: loadId, source: 's', started_at: at, finished_at: at, loaded_by: 'test' })
    .execute()
  return publishSnapshot(building, warehouse)
}

async function loadsIn(file: string) {
  const warehouse = await openWarehouse(file, { mode: 'read' })
  try {
    return (await warehouse.db.selectFrom('loads').select('load_id').orderBy('load_id').execute()).map(
      (row) => row.load_id,
    )
  } finally {
    await warehouse.close()
  }
}

describe('snapshots', () => {
  it('have none at first, then count up, each holding what the one before held', async () => {
    const directory = await temporaryFolder()
    expect(currentSnapshot(directory)).toBeUndefined()
    const first = await publishOne(directory, 'a')
    const second = await publishOne(directory, 'b')
    expect([first.id, second.id]).toEqual([1, 2])
    expect(currentSnapshot(directory)).toEqual(second)
    expect(await loadsIn(first.file)).toEqual(['a'])
    expect(await loadsIn(second.file)).toEqual(['a', 'b'])
    const warehouse = await openWarehouse(second.file, { mode: 'read' })
    expect((await getSnapshotInfo(warehouse.db)).snapshotId).toBe(2)
    await warehouse.close()
  })

  it('leave an open reader on the snapshot it opened', async () => {
    const directory = await temporaryFolder()
    const first = await publishOne(directory, 'a')
    const reader = await openWarehouse(first.file, { mode: 'read' })
    await publishOne(directory, 'b')
    expect(await reader.db.selectFrom('loads').select('load_id').execute()).toEqual([{ load_id: 'a' }])
    await reader.close()
  })

  it('let one load run at a time', async () => {
    const directory = await temporaryFolder()
    const building = await startSnapshot(directory)
    await expect(startSnapshot(directory)).rejects.toMatchObject({ code: 'conflict' })
    building.release()
    building.release()
    const next = await startSnapshot(directory)
    next.release()
  })

  it('remove what killed loads left: building files and snapshots that the pointer never reached', async () => {
    const directory = await temporaryFolder()
    await publishOne(directory, 'a')
    for (const name of ['building-2-999999.duckdb', 'building-2-999999.duckdb.wal', 'snapshot-000002.duckdb']) {
      writeFileSync(join(directory, name), 'half written')
    }
    const second = await publishOne(directory, 'b')
    expect(second.id).toBe(2)
    expect(readdirSync(directory).sort()).toEqual([
      'current.json',
      'load.lock',
      'snapshot-000001.duckdb',
      'snapshot-000002.duckdb',
    ])
  })

  it('do not change anything when a load gives up', async () => {
    const directory = await temporaryFolder()
    const first = await publishOne(directory, 'a')
    const building = await startSnapshot(directory)
    const warehouse = await openWarehouse(building.file, { mode: 'write' })
    await warehouse.db.deleteFrom('loads').execute()
    await warehouse.close()
    building.release()
    expect(existsSync(building.file)).toBe(false)
    expect(currentSnapshot(directory)).toEqual(first)
    expect(await loadsIn(first.file)).toEqual(['a'])
  })

  it('say so when the pointer is damaged', async () => {
    const directory = await temporaryFolder()
    writeFileSync(join(directory, 'current.json'), '{"snapshotId": 1, "file": "../elsewhere.duckdb"}')
    expect(() => currentSnapshot(directory)).toThrow(/does not name a snapshot/)
  })
})
