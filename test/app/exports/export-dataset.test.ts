import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { tableFromIPC } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { type DatasetName, datasetNames } from '#app/exports/datasets.ts'
import { exportDataset } from '#app/exports/export-dataset.ts'
import { type ExportFormat, exportFormats } from '#app/exports/export-format.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, temporaryFolder } from '#test/build/load-files.ts'

const fixture = (name: string) => join(import.meta.dirname, '..', '..', 'etl', 'fixtures', 'canonical', name)

async function loadedHome(): Promise<string> {
  const home = temporaryFolder()
  await loadFiles(home, 'canonical', ['interactions.csv', 'escalations.csv', 'qa_reviews.csv'].map(fixture))
  return home
}

async function exported(home: string, dataset: DatasetName, format: ExportFormat): Promise<Buffer> {
  const snapshot = currentSnapshot(join(home, 'warehouse'))
  const warehouse = await openWarehouse(String(snapshot?.file), { mode: 'read' })
  try {
    const pieces: Buffer[] = []
    for await (const piece of exportDataset(warehouse, dataset, format)) pieces.push(Buffer.from(piece))
    return Buffer.concat(pieces)
  } finally {
    await warehouse.close()
  }
}

const ndjsonRows = (bytes: Buffer): Record<string, unknown>[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('export of interactions', () => {
  it('has one row per counted interaction with what the models say about it', async () => {
    const rows = ndjsonRows(await exported(await loadedHome(), 'interactions', 'ndjson'))
    const shown = rows.map((row) => [
      row.source,
      row.interaction_id,
      row.source_file,
      row.interaction_type,
      row.is_reviewed,
      row.is_error,
      row.is_escalated,
    ])
    expect(shown).toEqual([
      ['desk', 'c1', 'interactions.csv', 'order_status', true, false, false],
      ['desk', 'c2', 'interactions.csv', 'refund_request', false, null, false],
      ['desk', 'c3', 'interactions.csv', 'order_status, delayed', false, null, true],
    ])
  })
})

describe('every dataset', () => {
  it.each(datasetNames)('%s has the same rows and columns in every format', async (dataset) => {
    const home = await loadedHome()
    const folder = temporaryFolder()
    const expected = ndjsonRows(await exported(home, dataset, 'ndjson'))

    const table = tableFromIPC(await exported(home, dataset, 'arrow'))
    expect(table.numRows).toBe(expected.length)
    const names = table.schema.fields.map((field) => field.name)
    if (expected[0] !== undefined) expect(names).toEqual(Object.keys(expected[0]))

    const csv = join(folder, 'rows.csv')
    const parquet = join(folder, 'rows.parquet')
    writeFileSync(csv, await exported(home, dataset, 'csv'))
    writeFileSync(parquet, await exported(home, dataset, 'parquet'))
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    try {
      for (const source of [`read_csv('${csv}', header = true, all_varchar = true)`, `read_parquet('${parquet}')`]) {
        const reader = await connection.runAndReadAll(`FROM ${source}`)
        expect(reader.columnNames()).toEqual(names)
        expect(reader.currentRowCount).toBe(expected.length)
      }
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  })

  it('keeps instants, days, lists, numbers and nulls exact in Arrow', async () => {
    const table = tableFromIPC(await exported(await loadedHome(), 'interactions', 'arrow'))
    expect(String(table.schema.fields.find(({ name }) => name === 'started_at')?.type)).toBe(
      'Timestamp<MICROSECOND, UTC>',
    )
    const c2 = table.toArray().find((row) => row.interaction_id === 'c2')
    expect(c2).toMatchObject({ channel: 'email', is_reviewed: false, is_error: null, url: null })
    expect(table.getChild('started_at')?.get(0)).toBe(Date.parse('2026-01-05T09:00:00Z'))
    expect(new Date(Number(table.getChild('contact_date')?.get(0))).toISOString()).toBe('2026-01-05T00:00:00.000Z')
    expect(table.getChild('source_row')?.toArray()).toEqual(BigInt64Array.from([1n, 2n, 3n]))
  })

  it('streams more rows than one chunk holds, in every format', async () => {
    const home = temporaryFolder()
    const file = join(home, 'interactions.ndjson')
    const rows = Array.from({ length: 5000 }, (_, index) =>
      JSON.stringify({
        source: 'desk',
        interaction_id: `c${String(index).padStart(5, '0')}`,
        interaction_type: 'order_status',
        channel: 'chat',
        started_at: '2026-01-05T09:00:00Z',
        handled_by: 'ai',
      }),
    )
    writeFileSync(file, `${rows.join('\n')}\n`)
    await loadFiles(home, 'canonical', [file])
    const sizes: Record<ExportFormat, number> = { csv: 0, ndjson: 0, parquet: 0, arrow: 0 }
    for (const format of exportFormats) {
      const bytes = await exported(home, 'interactions', format)
      if (format === 'arrow') sizes[format] = tableFromIPC(bytes).numRows
      else if (format === 'parquet') sizes[format] = bytes.subarray(0, 4).toString() === 'PAR1' ? 5000 : 0
      else sizes[format] = bytes.toString('utf8').trim().split('\n').length - (format === 'csv' ? 1 : 0)
    }
    expect(sizes).toEqual({ csv: 5000, ndjson: 5000, parquet: 5000, arrow: 5000 })
  })
})
