import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OversightError } from '#models/oversight-error.ts'

/**
 * Loads what arrives in a folder until the process is told to stop (SIGINT, SIGTERM). A file counts as complete when it
 * kept its size and time for one look; all complete new files go into one load. When that is refused, each is loaded by
 * itself, so that a bad file keeps no other back. A file that failed is told once on standard error, and tried again
 * when it changes or after other files were loaded (rows may have waited for those); while another load runs, everything
 * waits. Names that begin with a dot or end in .part, .tmp or .partial are not looked at.
 */
export async function watchFolder(
  directory: string,
  load: (files: readonly string[]) => Promise<void>,
  options: { milliseconds?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const stop = new AbortController()
  const end = () => stop.abort()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  options.signal?.addEventListener('abort', end)
  const inbox = new Inbox(load)
  let seen: ReadonlyMap<string, string> = new Map()
  try {
    while (!stop.signal.aborted) {
      const now = look(directory)
      const isArriving = [...now].some(([path, state]) => seen.get(path) !== state)
      if (!isArriving) await inbox.take(now, stop.signal)
      seen = now
      await sleep(options.milliseconds ?? 2000, undefined, { signal: stop.signal }).catch(() => {})
    }
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end)
  }
}

/** Which states of which files were loaded, or failed with which message. */
class Inbox {
  readonly #load: (files: readonly string[]) => Promise<void>
  readonly #loaded = new Map<string, string>()
  readonly #failed = new Map<string, { state: string; message: string; isTold: boolean }>()
  #waitingTold = false

  constructor(load: (files: readonly string[]) => Promise<void>) {
    this.#load = load
  }

  /** Loads what is new or changed, then tries again what failed as long as that brings anything. */
  async take(now: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const fresh = [...now].filter(
      ([path, state]) => this.#loaded.get(path) !== state && this.#failed.get(path)?.state !== state,
    )
    let isBrought = await this.#loadAll(fresh, signal)
    while (isBrought) {
      const again = [...now].filter(([path, state]) => this.#failed.get(path)?.state === state)
      isBrought = await this.#loadEach(again, signal)
    }
    for (const [path, failure] of this.#failed) {
      if (!failure.isTold) process.stderr.write(`oversight: ${path} was not loaded: ${failure.message}\n`)
      failure.isTold = true
    }
  }

  /** All in one load, else one by one. Returns whether anything was loaded. */
  async #loadAll(files: readonly [path: string, state: string][], signal: AbortSignal): Promise<boolean> {
    if (files.length < 2) return this.#loadEach(files, signal)
    try {
      await this.#load(files.map(([path]) => path).sort())
    } catch (error) {
      if (this.#mustWait(error)) return false
      return this.#loadEach(files, signal)
    }
    for (const [path, state] of files) this.#keep(path, state)
    return true
  }

  async #loadEach(files: readonly [path: string, state: string][], signal: AbortSignal): Promise<boolean> {
    let isBrought = false
    for (const [path, state] of [...files].sort()) {
      if (signal.aborted) return false
      try {
        await this.#load([path])
        this.#keep(path, state)
        isBrought = true
      } catch (error) {
        if (this.#mustWait(error)) return false
        const message = error instanceof Error ? error.message : String(error)
        const before = this.#failed.get(path)
        this.#failed.set(path, { state, message, isTold: before?.state === state && before.isTold })
      }
    }
    return isBrought
  }

  #keep(path: string, state: string): void {
    this.#loaded.set(path, state)
    this.#failed.delete(path)
    this.#waitingTold = false
  }

  /** Another load holds the warehouse: no fault of the file, so the next look tries again. */
  #mustWait(error: unknown): boolean {
    if (!(error instanceof OversightError && error.code === 'conflict')) return false
    if (!this.#waitingTold) process.stderr.write(`oversight: ${error.message}\n`)
    this.#waitingTold = true
    return true
  }
}

/** Size and time of every file, by path. */
function look(directory: string): Map<string, string> {
  let names: string[]
  try {
    names = readdirSync(directory)
  } catch (cause) {
    throw new OversightError('not_found', `${directory}: there is no such folder to watch.`, { cause })
  }
  const found = new Map<string, string>()
  for (const name of names) {
    if (name.startsWith('.') || /\.(part|partial|tmp)$/.test(name)) continue
    const stat = statSync(join(directory, name), { throwIfNoEntry: false })
    if (stat?.isFile()) found.set(join(directory, name), `${stat.size} ${stat.mtimeMs}`)
  }
  return found
}
