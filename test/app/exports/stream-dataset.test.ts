import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describeDatasets } from '#app/exports/describe-datasets.ts'
import { exportDataset } from '#app/exports/export-dataset.ts'
import { exportFormats } from '#app/exports/export-format.ts'
import { streamDataset } from '#app/exports/stream-dataset.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

/** More rows than the engine hands out at once. */
const rowCount = 20_000

async function manyRows(): Promise<string> {
  const home = temporaryFolder()
  const lines = Array.from(
    { length: rowCount },
    (_, index) => `desk,c${index},order_status,chat,2026-09-01T10:00:00Z,ai`,
  )
  const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by'
  await loadFiles(home, 'canonical', temporaryFiles({ 'interactions.csv': [header, ...lines].join('\n') }))
  return String(currentSnapshot(join(home, 'warehouse'))?.file)
}

async function opened(file: string): Promise<Warehouse> {
  const warehouse = await openWarehouse(file, { mode: 'read' })
  onTestFinished(() => warehouse.close())
  return warehouse
}

describe('a dataset as the body of a response', () => {
  it('has the bytes of the export, and closes its warehouse at the end', async () => {
    const file = await manyRows()
    for (const format of exportFormats) {
      const pieces: Buffer[] = []
      const source = await opened(file)
      for await (const piece of exportDataset(source, 'interactions', format)) pieces.push(Buffer.from(piece))
      const warehouse = await opened(file)
      const { signal } = new AbortController()
      const body = streamDataset({ warehouse, dataset: 'interactions', format, signal })
      const bytes = Buffer.from(await new Response(body).arrayBuffer())
      expect(bytes.equals(Buffer.concat(pieces)), format).toBe(true)
      await expect(warehouse.db.selectFrom('contacts').select('source').execute()).rejects.toThrow()
    }
  })

  it('stops when the request is gone, and lets the warehouse go', async () => {
    const warehouse = await opened(await manyRows())
    const leaving = new AbortController()
    const body = streamDataset({ warehouse, dataset: 'interactions', format: 'csv', signal: leaving.signal })
    const reader = body.getReader()
    expect((await reader.read()).done).toBe(false)
    leaving.abort()
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow(/gone/)
    await expect(warehouse.db.selectFrom('contacts').select('source').execute()).rejects.toThrow()
  })

  it('gives a piece only when the client took the last one', async () => {
    const warehouse = await opened(await manyRows())
    let isTaken = false
    let taken = (): void => {}
    const drained = () =>
      new Promise<void>((resolve) => {
        taken = resolve
        if (isTaken) resolve()
      })
    const { signal } = new AbortController()
    const reader = streamDataset({ warehouse, dataset: 'interactions', format: 'csv', signal, drained }).getReader()
    const first = reader.read()
    const outcome = await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))])
    expect(outcome).toBe('waits')
    isTaken = true
    taken()
    expect((await first).done).toBe(false)
    await reader.cancel()
  })
})

describe('the description of the datasets', () => {
  it('counts what the export holds and names its columns', async () => {
    const warehouse = await opened(await manyRows())
    const [interactions] = await describeDatasets(warehouse.db)
    expect(interactions).toMatchObject({ name: 'interactions', rowCount })
    expect(interactions?.columns.find(({ name }) => name === 'started_at')?.type).toBe('instant, UTC')
    const first = await exportDataset(warehouse, 'interactions', 'csv').next()
    expect(String(first.value).trim().split(',')).toEqual(interactions?.columns.map(({ name }) => name))
  })
})
