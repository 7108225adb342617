import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { contractFilesSql } from './etl/contract-files.ts'
import type { Bench, MeasuredLimit } from './limit.ts'

const rowsOfOneDay = 30_000
const secondsOfDay = 86_400
const daysOfAll = 540
/** One after the other, odd, for the median: a second or two says as much of the disk's minute as of the load. */
const daysMeasured = 3
const startsAt = new Date('2025-03-01T00:00:00Z')

interface Measured {
  seconds: { total: number; facts: number; models: number }
  peakBytes: number
}

/**
 * How fast files become facts, against the bare engine in the same run. "Load" is everything from the files to the
 * published snapshot but building and auditing the models: hashing, reading, checking, merging, recording, writing to
 * disk. Of the whole command, models included, the one line with_models is held against the same limit.
 */
export const bench: Bench = {
  // --only memory loads Parquet alone, which took the most at ten million: all of it would take hours with fifty.
  defaults: { interactions: '10000000', only: '' },
  async run(options) {
    const interactions = Number(options.interactions)
    const folder = mkdtempSync(join(tmpdir(), 'oversight-bench-'))
    try {
      progress(`making ${interactions} interactions`)
      const isOfMemory = options.only === 'memory'
      await makeFiles(folder, interactions, isOfMemory ? ['parquet'] : ['parquet', 'csv'])
      if (isOfMemory) return [measurePeak(folder, interactions)]
      const beforeParquet = measure('bare', folder, 'parquet')
      const parquet = measure('load', folder, 'parquet')
      const afterParquet = measure('bare', folder, 'parquet')
      const again = measure('load', folder, 'parquet', 'parquet')
      const days = Array.from({ length: daysMeasured }, (_, index) =>
        measure('load', folder, join(`day-${index}`, 'parquet'), 'parquet'),
      )
      const day = {
        facts: median(days.map(({ seconds }) => seconds.facts)),
        models: median(days.map(({ seconds }) => seconds.models)),
        total: median(days.map(({ seconds }) => seconds.total)),
      }
      const beforeCsv = measure('bare', folder, 'csv')
      const csv = measure('load', folder, 'csv')
      const afterCsv = measure('bare', folder, 'csv')
      const engine = { parquet: between(beforeParquet, afterParquet), csv: between(beforeCsv, afterCsv) }
      // Beside the limits, for whoever reads along.
      for (const [name, seconds] of Object.entries({
        parquet: parquet.seconds,
        reload: again.seconds,
        day,
        csv: csv.seconds,
      })) {
        progress(`${name}: facts ${seconds.facts.toFixed(1)} s, models ${seconds.models.toFixed(1)} s`)
      }
      return [
        line('parquet_to_bare', parquet.seconds.facts / engine.parquet, 3),
        line('csv_to_bare', csv.seconds.facts / engine.csv, 2),
        line('reload_to_bare', again.seconds.facts / engine.parquet, 1.5),
        line('day_to_full_load', day.facts / parquet.seconds.facts, 0.1),
        line('day_to_full_load_with_models', day.total / parquet.seconds.total, 0.1),
        peakLine([parquet, again, ...days, csv], interactions),
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[(values.length - 1) / 2] ?? Number.NaN
}

function line(name: string, value: number, limit: number): MeasuredLimit {
  return { name, value: Math.round(value * 1000) / 1000, limit, side: 'at-most' }
}

function peakLine(loads: readonly Measured[], interactions: number): MeasuredLimit {
  const peakBytes = Math.max(...loads.map((load) => load.peakBytes))
  return line('peak_gigabytes', peakBytes / 1e9, interactions > 10_000_000 ? 4 : 2)
}

/** A first load, and one more day. */
function measurePeak(folder: string, interactions: number): MeasuredLimit {
  const first = measure('load', folder, 'parquet')
  return peakLine([first, measure('load', folder, join('day-0', 'parquet'), 'parquet')], interactions)
}

/** The bare engine just before and just after a load, so that neither is measured in a busier minute. */
function between(before: Measured, after: Measured): number {
  return (before.seconds.total + after.seconds.total) / 2
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`)
}

async function makeFiles(folder: string, interactions: number, formats: ('parquet' | 'csv')[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB' })
  const connection = await instance.connect()
  try {
    await connection.run("SET TimeZone = 'UTC'")
    await connection.run(`SET temp_directory = '${join(folder, 'spill')}'`)
    const all = { first: 0, count: interactions, startsAt, seconds: daysOfAll * secondsOfDay }
    for (const sql of contractFilesSql(folder, all, formats)) await connection.run(sql)
    for (let index = 0; index < daysMeasured; index += 1) {
      const day = {
        first: interactions + index * rowsOfOneDay,
        count: rowsOfOneDay,
        startsAt: new Date(startsAt.getTime() + (all.seconds + index * secondsOfDay) * 1000),
        seconds: secondsOfDay,
      }
      for (const sql of contractFilesSql(join(folder, `day-${index}`), day, ['parquet'])) await connection.run(sql)
    }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Each measurement in a process of its own, so that its peak memory is its own. */
function measure(what: 'bare' | 'load', folder: string, files: string, home = files): Measured {
  progress(`${what} ${files}`)
  const child = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'etl', `${what}.ts`), folder, files, join(folder, `home-${home}`)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (child.status !== 0) throw new Error(`${what} ${files} failed`)
  const measured = JSON.parse(child.stdout) as Measured
  progress(`${what} ${files}: ${measured.seconds.total.toFixed(1)} s, ${Math.round(measured.peakBytes / 1e6)} MB`)
  return measured
}
