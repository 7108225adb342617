import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, rowsOf, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const fixture = join(import.meta.dirname, '..', 'etl', 'fixtures', 'canonical', 'interactions.csv')

describe('two loads at once', () => {
  it('from two processes: one is told that another load is writing, and none loses a row', async () => {
    const home = temporaryFolder()
    const files = ['a', 'b'].map((name) => {
      const file = join(home, `interactions-${name}.csv`)
      const rows = Array.from({ length: 30_000 }, (_, index) => `desk,${name}${index},x,chat,2026-01-05T09:00:00Z,ai`)
      writeFileSync(file, `source,interaction_id,interaction_type,channel,started_at,handled_by\n${rows.join('\n')}\n`)
      return file
    })
    await loadFiles(home, 'canonical', [fixture])
    await runCli('load', 'canonical', fixture, '--home', home)
    const results = await Promise.all(files.map((file) => runCli('load', 'canonical', file, '--home', home)))
    const refused = results.filter(({ exitCode }) => exitCode !== 0)
    for (const { exitCode, stderr } of refused) {
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(/oversight: Another load is writing to .+\. Wait until it is done, then try again\./)
    }
    expect(refused.length).toBeLessThan(2)
    const loaded = results.length - refused.length
    expect(await rowsOf(home, 'SELECT count(*)::INT FROM interactions')).toEqual([[4 + loaded * 30_000]])
  })

  it('while one holds the folder, the other is refused at once and may try again afterwards', async () => {
    const home = temporaryFolder()
    const building = await startSnapshot(join(home, 'warehouse'))
    await expect(loadFiles(home, 'canonical', [fixture])).rejects.toMatchObject({ code: 'conflict' })
    building.release()
    const report = await loadFiles(home, 'canonical', [fixture])
    expect(report.entities.interactions).toMatchObject({ loaded: 4 })
  })
})
