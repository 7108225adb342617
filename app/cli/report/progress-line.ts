import { SingleBar } from 'cli-progress'
import type { LoadProgress } from '#etl/sql-step.ts'

const phases: Record<LoadProgress['phase'], string> = {
  read: 'reading',
  parse: 'parsing',
  check: 'checking',
  merge: 'merging',
  models: 'models',
  publish: 'publishing',
}

/** Shows long work on standard error: a moving line on a terminal, one plain line per step elsewhere. */
export interface ProgressLine {
  update(progress: LoadProgress): void
  stop(): void
}

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  return stream.isTTY ? movingLine(stream) : plainLines(stream)
}

function plainLines(stream: NodeJS.WriteStream): ProgressLine {
  let last = ''
  return {
    update({ phase, what }) {
      const line = `${phases[phase]} ${what}\n`
      if (line !== last) stream.write(line)
      last = line
    },
    stop() {},
  }
}

function movingLine(stream: NodeJS.WriteStream): ProgressLine {
  let bar: SingleBar | undefined
  let step = ''
  let startedAt = 0
  return {
    update({ phase, what, done, total }) {
      const unit = phase === 'read' ? 'MB' : 'rows'
      const scale = phase === 'read' ? 1e6 : 1
      const round = (value: number) => (phase === 'read' ? Math.round((value / scale) * 10) / 10 : Math.round(value))
      if (step !== `${phase} ${what}`) {
        bar?.stop()
        step = `${phase} ${what}`
        startedAt = Date.now()
        bar = new SingleBar({
          stream,
          format:
            total === null && done === null
              ? `${phases[phase]} ${what}`
              : `${phases[phase]} ${what} [{bar}] {percentage} % | {value} of {total} ${unit} | {rate} ${unit}/s | {eta_formatted} left`,
          barsize: 24,
          hideCursor: true,
          clearOnComplete: true,
          stopOnComplete: false,
        })
        bar.start(round(total ?? 1), 0, { rate: 0 })
      }
      if (done === null || bar === undefined) return
      const seconds = (Date.now() - startedAt) / 1000
      bar.setTotal(round(total ?? done))
      bar.update(round(done), { rate: seconds > 0 ? round(done / seconds) : 0 })
    },
    stop() {
      bar?.stop()
      bar = undefined
    },
  }
}
