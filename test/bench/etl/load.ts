import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { load } from '#etl/load.ts'
import { findSourceFolder } from '#etl/source-folder.ts'

/** One load of a folder of files into a home. Prints what it took. */
const [folder = '', files = '', home = ''] = process.argv.slice(2)
const startedAt = performance.now()
const report = await load({
  warehouseDirectory: join(home, 'warehouse'),
  rejectsDirectory: join(home, 'rejects'),
  reportingTimeZone: 'UTC',
  source: findSourceFolder('canonical'),
  files: readdirSync(join(folder, files)).map((name) => join(folder, files, name)),
  loadedBy: 'bench',
  now: new Date('2026-10-15T12:00:00Z'),
  levelsInForce: [],
})
const refused = Object.values(report.entities).reduce((sum, { quarantined }) => sum + quarantined, 0)
if (refused > 0) throw new Error(`${refused} rows were refused: ${JSON.stringify(report.entities)}`)
const total = (performance.now() - startedAt) / 1000
const seconds = { total, facts: total - report.seconds.models, models: report.seconds.models }
process.stdout.write(JSON.stringify({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }))
