import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * The bare engine on the same files: one CREATE TABLE AS per file, into a database file on the same disk, with all
 * threads. Unlike a load it may take as much memory as it likes, so that the comparison is never too easy. Prints what it
 * took.
 */
const [folder = '', files = ''] = process.argv.slice(2)
const file = join(folder, `bare-${files}.duckdb`)
rmSync(file, { force: true })
const startedAt = performance.now()
const instance = await DuckDBInstance.create(file)
const connection = await instance.connect()
await connection.run("SET TimeZone = 'UTC'")
for (const name of readdirSync(join(folder, files))) {
  await connection.run(`CREATE TABLE ${name.split('.')[0]} AS FROM '${join(folder, files, name)}'`)
}
await connection.run('CHECKPOINT')
connection.closeSync()
instance.closeSync()
const total = (performance.now() - startedAt) / 1000
const seconds = { total, facts: total, models: 0 }
process.stdout.write(JSON.stringify({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }))
