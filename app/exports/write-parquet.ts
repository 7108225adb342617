import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * Parquet, compressed with zstd. The engine writes whole files only, and the one that serves may write none: another
 * one reads the same snapshot, writes a temporary file, and that is streamed and removed.
 *
 * @param query one SELECT without parameters over the warehouse's tables
 */
export async function* writeParquet(warehouseFile: string, query: string): AsyncGenerator<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'oversight-export-'))
  try {
    const file = join(directory, 'export.parquet')
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      temp_directory: join(directory, 'spill'),
    })
    try {
      const connection = await instance.connect()
      await connection.run("SET TimeZone = 'UTC'")
      await connection.run(`ATTACH ${literal(warehouseFile)} AS warehouse (READ_ONLY)`)
      await connection.run('USE warehouse')
      await connection.run(`COPY (${query}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`)
      connection.closeSync()
    } finally {
      instance.closeSync()
    }
    yield* createReadStream(file) as AsyncIterable<Uint8Array>
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
