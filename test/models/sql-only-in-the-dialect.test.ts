import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Where engine SQL may be written: the dialect's spelling, and the contract's DDL and row checks built on it. */
const allowed = ['models/warehouse/duckdb-sql.ts']
/** Files that may touch the engine's own package: the port. */
const port = /^models\/warehouse\/(append-rows|connection-pool|duckdb-dialect|duckdb-value|open-warehouse)\.ts$/

const files = readdirSync('models', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('models', name).replaceAll('\\', '/'))

const offenders = (pattern: RegExp, isAllowed: (file: string) => boolean) =>
  files.filter((file) => !isAllowed(file) && pattern.test(readFileSync(file, 'utf8')))

describe('models', () => {
  it('are written in builders: raw SQL templates stand in the dialect only', () => {
    expect(offenders(/\bsql(\.\w+)*(<[^`]*?>)?\s*`/, (file) => allowed.includes(file))).toEqual([])
    expect(offenders(/\bsql\.(raw|lit)\b/, (file) => allowed.includes(file))).toEqual([])
  })

  it('reach the engine through the port only', () => {
    expect(offenders(/@duckdb\//, (file) => port.test(file))).toEqual([])
    expect(
      offenders(
        /CompiledQuery\.raw/,
        (file) =>
          port.test(file) ||
          ['models/warehouse/create-schema.ts', 'models/warehouse/joins-as-written.ts'].includes(file),
      ),
    ).toEqual([])
  })

  it('import nothing of ours from outside models', () => {
    expect(offenders(/from '(#|(\.\.\/)+(app|etl|governance)\/)/, () => false)).toEqual([])
  })

  it('keep statistics and the catalogue free of database, clock and environment', () => {
    const isPure = (file: string) => file.startsWith('models/statistics/') || file === 'models/metrics.ts'
    expect(
      offenders(
        /from '(kysely|node:|@duckdb|better-sqlite3)|Date\.now|new Date\(\)|process\./,
        (file) => !isPure(file),
      ),
    ).toEqual([])
  })
})
