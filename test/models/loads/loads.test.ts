import { describe, expect, it } from 'vitest'
import { listLoads } from '#models/loads/list-loads.ts'
import { listQuarantine, listQuarantineReasons, streamQuarantine } from '#models/loads/list-quarantine.ts'
import { listQuarantinedFiles, listQuarantinedLoads } from '#models/loads/list-quarantine-places.ts'
import { listSourceFreshness } from '#models/loads/list-source-freshness.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { factsIn } from '../warehouse-of.ts'

const instant = (text: string) => new Date(`${text}Z`)

async function twoLoads(): Promise<Warehouse> {
  const warehouse = await factsIn({
    interactions: [
      { interaction_id: 'a', started_at: instant('2026-09-01T10:00:00'), ended_at: instant('2026-09-01T11:00:00') },
      { interaction_id: 'b', started_at: instant('2026-09-02T10:00:00'), ended_at: null },
      { source: 'other', interaction_id: 'c', started_at: instant('2026-08-01T10:00:00') },
    ],
    escalations: [{ escalation_id: 'e', interaction_id: 'a', escalated_at: instant('2026-09-01T10:30:00') }],
  })
  const { db } = warehouse
  const load = (load_id: string, day: string) => ({
    load_id,
    source: 'canonical',
    started_at: instant(`${day}T08:00:00`),
    finished_at: instant(`${day}T08:01:00`),
    loaded_by: 'Olga',
  })
  await db
    .insertInto('loads')
    .values([load('first', '2026-09-03'), load('second', '2026-09-04')])
    .execute()
  await db
    .insertInto('load_files')
    .values([{ load_id: 'second', source_file: 'x.csv', sha256: 'a'.repeat(64), byte_count: 1234 }])
    .execute()
  const counts = { entity: 'interactions', loaded_count: 6, unchanged_count: 1, superseded_count: 0 }
  await db
    .insertInto('load_counts')
    .values([{ load_id: 'second', ...counts, read_count: 10, quarantined_count: 3 }])
    .execute()
  const refused = { load_id: 'second', entity: 'interactions', source_file: 'x.csv', message: 'm' }
  await db
    .insertInto('quarantine')
    .values([
      { ...refused, rule: 'missing_value', field: 'channel', source_row: 9 },
      { ...refused, rule: 'missing_value', field: 'channel', source_row: 4 },
      { ...refused, rule: 'conflicting_duplicate', field: null, source_row: 7 },
    ])
    .execute()
  return warehouse
}

describe('loads', () => {
  it('are listed newest first with their files and what became of the rows', async () => {
    const { db } = await twoLoads()
    const loads = await listLoads(db)
    expect(loads.map(({ loadId }) => loadId)).toEqual(['second', 'first'])
    expect(loads[0]).toMatchObject({
      loadedBy: 'Olga',
      files: [{ sourceFile: 'x.csv', byteCount: 1234 }],
      counts: [{ entity: 'interactions', read: 10, loaded: 6, unchanged: 1, superseded: 0, quarantined: 3 }],
    })
    expect(await listLoads(db, { loadId: 'first' })).toMatchObject([{ loadId: 'first', files: [], counts: [] }])
    expect(await listLoads(db, { loadId: 'none' })).toEqual([])
  })
})

describe('refused rows', () => {
  it('are found by load, entity, rule and field, in the order of the file', async () => {
    const { db } = await twoLoads()
    const all = await listQuarantine(db, { page: 1, pageSize: 50 })
    expect(all.rows.map(({ sourceRow }) => sourceRow)).toEqual([4, 7, 9])
    const missing = await listQuarantine(db, { rule: 'missing_value', field: 'channel', page: 2, pageSize: 1 })
    expect(missing).toMatchObject({ total: 2, rows: [{ sourceRow: 9, source: 'canonical' }] })
    expect((await listQuarantine(db, { loadId: 'first', page: 1, pageSize: 50 })).total).toBe(0)
    expect((await listQuarantine(db, { sourceFile: 'x.csv', page: 1, pageSize: 50 })).total).toBe(3)
    expect((await listQuarantine(db, { sourceFile: 'y.csv', page: 1, pageSize: 50 })).total).toBe(0)
  })

  it('are streamed in the same order, in batches', async () => {
    const { db } = await twoLoads()
    const batches: number[][] = []
    for await (const batch of streamQuarantine(db, {}, 2)) batches.push(batch.map(({ sourceRow }) => sourceRow))
    expect(batches).toEqual([[4, 7], [9]])
    for await (const batch of streamQuarantine(db, { rule: 'none' })) expect(batch).toBe('no batch')
  })

  it('are counted by file and by load, beside what the load read', async () => {
    const { db } = await twoLoads()
    expect(await listQuarantinedFiles(db)).toEqual([
      { sourceFile: 'x.csv', source: 'canonical', rowCount: 3, ruleCount: 2, loadCount: 1 },
    ])
    expect(await listQuarantinedLoads(db)).toMatchObject([
      { loadId: 'second', source: 'canonical', rowCount: 3, ruleCount: 2, readCount: 10 },
    ])
  })

  it('are counted by reason, the most frequent first, and each count is that of its rows', async () => {
    const { db } = await twoLoads()
    const reasons = await listQuarantineReasons(db)
    expect(reasons.map(({ rule, rowCount, loadCount }) => [rule, rowCount, loadCount])).toEqual([
      ['missing_value', 2, 1],
      ['conflicting_duplicate', 1, 1],
    ])
    for (const { rule, rowCount } of reasons) {
      expect((await listQuarantine(db, { rule, page: 1, pageSize: 1 })).total).toBe(rowCount)
    }
  })
})

describe('freshness', () => {
  it('is the last event of each source and entity; a contact without an end ends where it starts', async () => {
    const { db } = await twoLoads()
    const rows = await listSourceFreshness(db)
    expect(rows.map(({ source, entity, rowCount, lastEvent }) => [source, entity, rowCount, lastEvent])).toEqual([
      ['other', 'interactions', 1, instant('2026-08-01T10:00:00')],
      ['s', 'escalations', 1, instant('2026-09-01T10:30:00')],
      ['s', 'interactions', 2, instant('2026-09-02T10:00:00')],
    ])
  })
})
