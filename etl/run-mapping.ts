import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '#models/oversight-error.ts'
import { type OnShare, runWithProgress } from './sql-step.ts'

/** What one mapping may cost. A recursion without end or a join of everything with everything is ended by them. */
export interface MappingLimits {
  minutes: number
  /** What it writes: its rows, and what the engine moves from memory to disk. */
  bytes: number
}

export const defaultMappingLimits: MappingLimits = { minutes: 30, bytes: 64e9 }

/**
 * Runs the statement of a mapping within its limits. Throws bad_input, naming the mapping, the limit and how to raise
 * it, when it is ended or the memory does not suffice; whatever else fails passes through.
 */
export async function runMapping(
  connection: DuckDBConnection,
  file: string,
  sql: string,
  onShare: OnShare,
  limits: MappingLimits,
): Promise<void> {
  const written = await writtenPaths(connection)
  const bytesBefore = sizeOf(written)
  const endsAt = performance.now() + limits.minutes * 60_000
  let exceeded: string | undefined
  const timer = setInterval(() => {
    if (performance.now() > endsAt) {
      exceeded = `ran longer than the ${limits.minutes} ${limits.minutes === 1 ? 'minute' : 'minutes'} that a mapping may (--mapping-minutes)`
    } else if (sizeOf(written) - bytesBefore > limits.bytes) {
      exceeded = `wrote more than the ${Number((limits.bytes / 1e9).toPrecision(3))} GB that a mapping may (--mapping-gigabytes)`
    }
    // Asked again until it ends: a request that meets the engine between two steps is lost.
    if (exceeded !== undefined) connection.interrupt()
  }, 100)
  try {
    await runWithProgress(connection, sql, onShare)
  } catch (cause) {
    if (exceeded !== undefined) throw tooMuch(file, `${exceeded} and was ended`, 'raise that limit')
    if (cause instanceof Error && /^Out of Memory/i.test(cause.message) && !/max_temp_directory/.test(cause.message)) {
      throw tooMuch(file, 'needs more memory than the engine may take', 'raise --memory')
    }
    throw cause
  } finally {
    clearInterval(timer)
  }
}

function tooMuch(file: string, what: string, raise: string): OversightError {
  return new OversightError(
    'bad_input',
    `${file}: the mapping ${what}. Nothing was loaded. Look for a recursion without end or a join without a condition; if it needs that much, ${raise}.`,
  )
}

/** The files of the open databases and the folder that the engine spills to. */
async function writtenPaths(connection: DuckDBConnection): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    `SELECT path FROM duckdb_databases() WHERE NOT internal AND path IS NOT NULL
    UNION ALL SELECT current_setting('temp_directory')`,
  )
  return reader.getRows().map(([path]) => String(path))
}

function sizeOf(paths: readonly string[]): number {
  let bytes = 0
  for (const path of paths) {
    const files = isFolder(path) ? readdirSync(path).map((name) => join(path, name)) : [path, `${path}.wal`]
    for (const file of files) bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}
