import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createHome } from '#app/home.ts'
import { listRuns } from '#app/runs/run-log.ts'
import {
  findUnfinishedLoad,
  type RunningLoad,
  removeRunningLoad,
  runningLoadFile,
  writeRunningLoad,
} from '#app/runs/running-load.ts'
import { takeLoadLock } from '#models/warehouse/load-lock.ts'
import { temporaryFolder } from '#test/build/load-files.ts'

const seenAt = new Date('2026-10-15T12:00:30.000Z')

const load: RunningLoad = {
  source: 'desk',
  loadedBy: 'ola',
  startedAt: '2026-10-15T12:00:00.000Z',
  files: ['interactions.csv'],
  phase: 'check',
  what: 'interactions',
  share: 0.5,
  rowCount: 1200,
  seenAt: seenAt.toISOString(),
}

function later(seconds: number): Date {
  return new Date(seenAt.getTime() + seconds * 1000)
}

describe('a load that wrote how far it is', () => {
  it('is going while it says so, whatever the lock does in its last moment', () => {
    const home = createHome(temporaryFolder())
    expect(findUnfinishedLoad(home, later(0))).toBeUndefined()
    writeRunningLoad(home, load)
    expect(findUnfinishedLoad(home, later(2))).toEqual({ load, isGoing: true })
    expect(listRuns(home, later(2))).toEqual([])
  })

  it('is going while it is silent with the lock in its hand, but not for ever', () => {
    const home = createHome(temporaryFolder())
    writeRunningLoad(home, load)
    const release = takeLoadLock(home.warehouseDirectory)
    // In one process SQLite tells the lock as another process would see it.
    expect(findUnfinishedLoad(home, later(60))).toMatchObject({ isGoing: true })
    expect(findUnfinishedLoad(home, later(121))).toMatchObject({ isGoing: false })
    release()
    expect(findUnfinishedLoad(home, later(60))).toMatchObject({ isGoing: false })
  })

  it('was killed when it is silent and nobody holds the lock, and stands among the runs with its last step', () => {
    const home = createHome(temporaryFolder())
    writeRunningLoad(home, load)
    expect(listRuns(home, later(11))).toMatchObject([
      {
        outcome: 'killed',
        source: 'desk',
        seconds: 30,
        errorCode: 'killed',
        error: 'Last seen at 2026-10-15T12:00:30.000Z in step "check": interactions.',
      },
    ])
  })

  it('says nothing once its note is gone, or cannot be understood', () => {
    const home = createHome(temporaryFolder())
    writeRunningLoad(home, load)
    removeRunningLoad(home)
    expect(findUnfinishedLoad(home, later(11))).toBeUndefined()
    writeFileSync(runningLoadFile(home), '{"source": "desk"')
    expect(findUnfinishedLoad(home, later(11))).toBeUndefined()
  })
})
