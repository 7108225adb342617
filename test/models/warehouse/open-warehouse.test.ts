import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { type OpenWarehouseOptions, openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function open(file: string, options: OpenWarehouseOptions) {
  const warehouse = await openWarehouse(file, options)
  onTestFinished(() => warehouse.close())
  return warehouse
}

async function written() {
  const file = join(await temporaryFolder(), 'w.duckdb')
  const warehouse = await open(file, { mode: 'write' })
  await createSchema(warehouse)
  return { file, warehouse }
}

const load = {
  load_id: 'l1',
  source: 's',
  started_at: new Date('2026-01-31T23:00:00.123Z'),
  finished_at: null,
  loaded_by: 'test',
}

describe('a warehouse', () => {
  it('gives instants as Dates, days as text, counts as numbers, lists as arrays', async () => {
    const { warehouse } = await written()
    const { db, dialect } = warehouse
    await db.insertInto('loads').values(load).execute()
    const row = await db
      .selectFrom('loads')
      .select((eb) => [
        'started_at',
        'finished_at',
        dialect.localDay(eb.ref('started_at'), 'Europe/Berlin').as('local_day'),
        dialect.localMonth(eb.ref('started_at'), 'America/New_York').as('local_month'),
        eb.fn.countAll<number>().over().as('count'),
      ])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({
      started_at: load.started_at,
      finished_at: null,
      local_day: '2026-02-01',
      local_month: '2026-01-01',
      count: 1,
    })
    await warehouse.connection().run("create temp table lists as select ['a', 'b'] as items, 5::hugeint as big")
    const lists = await db
      .selectFrom('lists' as 'loads')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(lists).toEqual({ items: ['a', 'b'], big: 5 })
  })

  it('refuses a whole number that a JavaScript number cannot hold', async () => {
    const { warehouse } = await written()
    await warehouse.connection().run('create temp table big as select 9007199254740993 as n')
    await expect(
      warehouse.db
        .selectFrom('big' as 'loads')
        .selectAll()
        .execute(),
    ).rejects.toThrow(/2\^53/)
  })

  it('binds dates, numbers and texts as parameters, never as text', async () => {
    const { warehouse } = await written()
    const { db } = warehouse
    const hostile = `'; drop table loads; --`
    await db
      .insertInto('loads')
      .values({ ...load, loaded_by: hostile })
      .execute()
    const found = await db
      .selectFrom('loads')
      .selectAll()
      .where('loaded_by', '=', hostile)
      .where('started_at', '<=', load.started_at)
      .limit(1)
      .offset(0)
      .execute()
    expect(found).toHaveLength(1)
  })

  it('tells rows from counts by the result: a count named count stays a row, an update gives its number', async () => {
    const { warehouse } = await written()
    const { db } = warehouse
    const inserted = await db
      .insertInto('loads')
      .values([load, { ...load, load_id: 'l2' }])
      .executeTakeFirstOrThrow()
    expect(inserted.numInsertedOrUpdatedRows).toBe(2n)
    expect(
      await db
        .selectFrom('loads')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .execute(),
    ).toEqual([{ count: 2 }])
    const updated = await db.updateTable('loads').set({ loaded_by: 'x' }).executeTakeFirstOrThrow()
    expect(updated.numUpdatedRows).toBe(2n)
    const returned = await db.deleteFrom('loads').where('load_id', '=', 'l1').returning('load_id as count').execute()
    expect(returned).toEqual([{ count: 'l1' }])
  })

  it('streams rows', async () => {
    const { warehouse } = await written()
    const { db } = warehouse
    await warehouse.connection().run("insert into loads select 'l' || i, 's', now(), null, 'x' from range(5000) r(i)")
    let count = 0
    for await (const row of db.selectFrom('loads').selectAll().stream()) count += row.source === 's' ? 1 : 0
    expect(count).toBe(5000)
  })

  it('rolls a failed transaction back', async () => {
    const { warehouse } = await written()
    const failing = warehouse.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('loads').values(load).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await warehouse.db.selectFrom('loads').selectAll().execute()).toEqual([])
  })

  it('creates its schema twice without a change', async () => {
    const { warehouse } = await written()
    await warehouse.db.insertInto('loads').values(load).execute()
    const tables = await warehouse.db.introspection.getTables()
    await createSchema(warehouse)
    expect(await warehouse.db.selectFrom('loads').select('load_id').execute()).toEqual([{ load_id: 'l1' }])
    expect(await warehouse.db.introspection.getTables()).toEqual(tables)
  })
})

describe('a warehouse opened to read', () => {
  it('serves several queries at once and refuses writes, other files and new settings', async () => {
    const { file, warehouse } = await written()
    await warehouse.db.insertInto('loads').values(load).execute()
    await warehouse.close()
    const reader = await open(file, { mode: 'read', connections: 2 })
    const counts = await Promise.all(
      Array.from({ length: 9 }, () =>
        reader.db
          .selectFrom('loads')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow(),
      ),
    )
    expect(counts.every((row) => row.n === 1)).toBe(true)
    await expect(reader.db.insertInto('loads').values(load).execute()).rejects.toThrow(/read-only/i)
    await expect(reader.connection().run(`select * from read_csv('/etc/hostname')`)).rejects.toThrow(/disabled/)
    await expect(reader.connection().run(`set threads = 1`)).rejects.toThrow(/locked/)
  })

  it('does not cut a stream off when a query runs beside it', async () => {
    const { file, warehouse } = await written()
    await warehouse.close()
    const reader = await open(file, { mode: 'read', connections: 1 })
    const stream = await reader.connection().stream('select * from range(10000)')
    let count = (await stream.fetchChunk())?.rowCount ?? 0
    expect(await reader.db.selectFrom('loads').selectAll().execute()).toEqual([])
    for await (const chunk of stream) count += chunk.rowCount
    expect(count).toBe(10_000)
  })

  it('can be opened twice in one process, and closing one leaves the other', async () => {
    const { file, warehouse } = await written()
    await warehouse.close()
    const first = await open(file, { mode: 'read' })
    const second = await open(file, { mode: 'read' })
    await first.close()
    expect(await second.db.selectFrom('loads').selectAll().execute()).toEqual([])
    await expect(first.db.selectFrom('loads').selectAll().execute()).rejects.toThrow(/closed/)
  })

  it('says so when the file is missing', async () => {
    const folder = await temporaryFolder()
    await expect(openWarehouse(join(folder, 'none.duckdb'), { mode: 'read' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
