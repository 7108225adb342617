import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type LoadOptions, load } from '#etl/load.ts'
import type { LoadReport } from '#etl/load-report.ts'
import { findSourceFolder } from '#etl/source-folder.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'oversight-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** Writes files into a temporary folder and gives their paths in the same order. */
export function temporaryFiles(contents: Record<string, string | Uint8Array>): string[] {
  const directory = temporaryFolder()
  return Object.entries(contents).map(([name, content]) => {
    const path = join(directory, name)
    writeFileSync(path, content)
    return path
  })
}

/** Loads files into the warehouse of a home, at a fixed time unless told otherwise. */
export async function loadFiles(
  home: string,
  source: string,
  files: readonly string[],
  options: Partial<LoadOptions> & { sources?: string } = {},
): Promise<LoadReport> {
  const { sources, ...rest } = options
  return load({
    warehouseDirectory: join(home, 'warehouse'),
    rejectsDirectory: join(home, 'rejects'),
    reportingTimeZone: 'UTC',
    source: findSourceFolder(source, sources === undefined ? [] : [sources]),
    files,
    loadedBy: 'test',
    now: new Date('2026-10-15T12:00:00Z'),
    levelsInForce: [],
    pseudonymKey: Buffer.alloc(32, 7),
    ...rest,
  })
}

/** Rows of a query over the published snapshot, as JSON values. */
export async function rowsOf(home: string, sql: string): Promise<unknown[][]> {
  const snapshot = currentSnapshot(join(home, 'warehouse'))
  if (snapshot === undefined) throw new Error('nothing was published')
  const warehouse = await openWarehouse(snapshot.file, { mode: 'read' })
  try {
    return (await warehouse.connection().runAndReadAll(sql)).getRowsJson()
  } finally {
    await warehouse.close()
  }
}
