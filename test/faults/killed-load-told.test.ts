import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openHome } from '#app/home.ts'
import { listRuns } from '#app/runs/run-log.ts'
import { findUnfinishedLoad } from '#app/runs/running-load.ts'
import { temporaryFolder } from '#test/build/load-files.ts'
import { runCli, startCli } from '#test/build/run-cli.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'

function contacts(folder: string, count: number): string {
  const file = join(folder, `interactions-${count}.csv`)
  const rows = Array.from({ length: count }, (_, index) => `desk,c${index},x,chat,2026-01-05T09:00:00Z,ai`)
  writeFileSync(file, `${header}${rows.join('\n')}\n`)
  return file
}

describe('a load that is killed', () => {
  it('is seen going, then as killed by runs and doctor, and is written down by the next load', async () => {
    const directory = temporaryFolder()
    expect((await runCli('load', 'canonical', contacts(directory, 1), '--home', directory)).exitCode).toBe(0)
    const home = openHome(directory)
    const child = startCli(['load', 'canonical', contacts(directory, 200_000), '--home', directory])
    let going = findUnfinishedLoad(home, new Date())
    while (going === undefined && child.exitCode === null) {
      await wait(10)
      going = findUnfinishedLoad(home, new Date())
    }
    expect(going).toMatchObject({ isGoing: true, load: { source: 'canonical' } })
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended

    const soon = new Date(Date.now() + 11_000)
    expect(findUnfinishedLoad(home, soon)).toMatchObject({ isGoing: false })
    expect(listRuns(home, soon).map(({ outcome }) => outcome)).toEqual(['published', 'killed'])

    expect((await runCli('load', 'canonical', contacts(directory, 2), '--home', directory)).exitCode).toBe(0)
    const runs = JSON.parse((await runCli('runs', '--home', directory, '--json')).stdout)
    expect(runs.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['published', 'killed', 'published'])
    expect(findUnfinishedLoad(home, new Date())).toBeUndefined()
  }, 60_000)
})
