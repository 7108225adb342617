import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'
import { planMonths, type SampleSize } from './plan-months.ts'
import { prepareSql, type SampleEntity, sampleEntities, selectSql } from './sample-sql.ts'

export interface SampleOptions extends SampleSize {
  /** Folder for the files; made when missing. */
  directory: string
  /** Same seed, same rows. */
  seed: number
  /** Called before each file and at the end. */
  onProgress?: (progress: { entity: SampleEntity; done: number; total: number }) => void
}

export interface SampleReport {
  files: { entity: SampleEntity; file: string; rows: number }[]
}

/**
 * Writes the demonstration data as canonical Parquet files, one per entity, each complete or absent. The rows depend
 * on seed, size and last month only. Throws bad_input for sizes that make no sense.
 */
export async function writeSample(options: SampleOptions): Promise<SampleReport> {
  checkSize(options)
  mkdirSync(options.directory, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run("SET TimeZone = 'UTC'")
    for (const sql of prepareSql(planMonths(options), options, options.seed)) await connection.run(sql)
    const report: SampleReport = { files: [] }
    for (const [done, entity] of sampleEntities.entries()) {
      options.onProgress?.({ entity, done, total: sampleEntities.length })
      const { select, orderBy } = selectSql(entity, options)
      const file = join(options.directory, `${entity}.parquet`)
      const written = await connection.run(
        `COPY (${select} ORDER BY ${orderBy}) TO '${`${file}.part`.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
      )
      renameSync(`${file}.part`, file)
      report.files.push({ entity, file, rows: Number(written.rowsChanged) })
    }
    return report
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function checkSize({ interactions, months, seed }: SampleOptions): void {
  if (!Number.isSafeInteger(interactions) || interactions < 1000 || interactions > 1e9) {
    throw new OversightError('bad_input', `--interactions ${interactions}: give a number from 1,000 to 1,000,000,000.`)
  }
  if (!Number.isSafeInteger(months) || months < 1 || months > 120) {
    throw new OversightError('bad_input', `--months ${months}: give a number from 1 to 120.`)
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new OversightError('bad_input', `--seed ${seed}: give a whole number, 0 or more.`)
  }
}
