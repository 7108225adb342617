import type { LoadProgress } from '#etl/sql-step.ts'
import type { Home } from '../home.ts'
import { recordKilledRun } from '../runs/run-log.ts'
import { heartbeatSeconds, readRunningLoad, removeRunningLoad, writeRunningLoad } from '../runs/running-load.ts'

interface TellingLoad {
  update(progress: LoadProgress): void
  /** The load ended, well or not, and says so itself. */
  end(): void
}

/** Progress of one step is written so often at most. */
const writeMilliseconds = 250

/**
 * Keeps a note of how far a load is, for the pages. The first progress comes under the load lock: a note that lies there
 * is one of a load that was killed, and goes into the log of runs. A note that cannot be written is no reason to fail.
 */
export function tellOfLoad(
  home: Home,
  load: { source: string; loadedBy: string; startedAt: string; files: string[] },
): TellingLoad {
  let current: LoadProgress | undefined
  let writtenAt = 0
  let rowCount = 0
  const write = () => {
    if (current === undefined) return
    const { phase, what, done, total } = current
    const share = done === null || total === null || total === 0 ? null : Math.min(done / total, 1)
    writtenAt = Date.now()
    try {
      writeRunningLoad(home, { ...load, phase, what, share, rowCount, seenAt: new Date(writtenAt).toISOString() })
    } catch {
      // A full disk ends the load soon enough, with a message of its own.
    }
  }
  const heartbeat = setInterval(write, heartbeatSeconds * 1000)
  heartbeat.unref()
  return {
    update(progress) {
      const isFirst = current === undefined
      if (isFirst) recordKilled(home)
      const isNewStep = progress.phase !== current?.phase || progress.what !== current.what
      if (isNewStep) rowCount += progress.rowCount ?? 0
      current = progress
      if (isNewStep || Date.now() - writtenAt >= writeMilliseconds) write()
    },
    end() {
      clearInterval(heartbeat)
      // A load that got no lock has said nothing, and the note is another one's.
      if (current !== undefined) removeRunningLoad(home)
      current = undefined
    },
  }
}

function recordKilled(home: Home): void {
  const killed = readRunningLoad(home)
  if (killed !== undefined) recordKilledRun(home, killed)
}
