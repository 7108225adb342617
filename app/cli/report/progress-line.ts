import { SingleBar } from 'cli-progress'
import type { LoadProgress } from '#etl/sql-step.ts'
import { durationText } from '../../runs/duration-text.ts'
import { stepText } from '../../runs/step-text.ts'

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
    update(progress) {
      const line = `${stepText(progress)}\n`
      if (line !== last) stream.write(line)
      last = line
    },
    stop() {},
  }
}

function movingLine(stream: NodeJS.WriteStream): ProgressLine {
  let bar: SingleBar | undefined
  let current: LoadProgress | undefined
  return {
    update(progress) {
      if (bar === undefined || progress.phase !== current?.phase || progress.what !== current.what) {
        bar?.stop()
        const startedAt = Date.now()
        bar = new SingleBar({
          stream,
          format: () => progressText(current, (Date.now() - startedAt) / 1000),
          clearOnComplete: true,
          fps: 5,
        })
        current = progress
        bar.start(1, 0)
      }
      current = progress
    },
    stop() {
      bar?.stop()
      bar = undefined
    },
  }
}

/** One line: what is done, how much of it, how fast, and how long it will take still. */
export function progressText(progress: LoadProgress | undefined, seconds: number): string {
  if (progress === undefined) return ''
  const { phase, done, total } = progress
  const step = stepText(progress)
  if (done === null || total === null || total === 0) return `${step}, ${durationText(seconds)}`
  const share = Math.min(done / total, 1)
  const filled = Math.round(share * 24)
  const rate = seconds > 0 ? done / seconds : 0
  const left = rate > 0 && done < total ? `, ${durationText((total - done) / rate)} left` : ''
  const bar = `${step} [${'='.repeat(filled)}${' '.repeat(24 - filled)}] ${Math.floor(share * 100)} %`
  const isBytes = phase === 'read' || phase === 'parse'
  return isBytes ? `${bar}, ${megabytes(done)} of ${megabytes(total)}, ${megabytes(rate)}/s${left}` : `${bar}${left}`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
