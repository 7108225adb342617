import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultMemoryLimit } from '#etl/default-memory-limit.ts'
import { temporaryFolder } from '#test/build/load-files.ts'

const machine = { cores: 2, bytes: 64e9 }
const nowhere = '/nowhere/warehouse.duckdb'

/** A file of that size which takes no space. */
function fileOf(name: string, gigabytes: number): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, '')
  truncateSync(path, gigabytes * 1e9)
  return path
}

describe('the memory of a load', () => {
  it('is 1 GB for small files, grows with them, and ends at 2 GB', () => {
    const limits = [1, 3, 8, 13, 100].map((size) => defaultMemoryLimit([fileOf('rows.csv', size)], nowhere, machine))
    expect(limits).toEqual(['1000MB', '1000MB', '1500MB', '2000MB', '2000MB'])
  })

  it('counts packed and columnar files four times, and the warehouse that is copied three times', () => {
    for (const name of ['rows.csv.gz', 'rows.parquet']) {
      expect(defaultMemoryLimit([fileOf(name, 2)], nowhere, machine)).toBe('1500MB')
    }
    expect(defaultMemoryLimit([], fileOf('warehouse.duckdb', 4), machine)).toBe('1900MB')
  })

  it('leaves every core enough to work with, and a fifth of the machine alone', () => {
    expect(defaultMemoryLimit([], nowhere, { cores: 16, bytes: 64e9 })).toBe('4000MB')
    expect(defaultMemoryLimit([], nowhere, { cores: 16, bytes: 1e9 })).toBe('800MB')
  })
})
