import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OversightError } from '#models/oversight-error.ts'

/**
 * Loads what arrives in a folder until the process is told to stop (SIGINT, SIGTERM). A file counts as complete when it
 * kept its size and time for one look; all complete new files go into one load. A load that fails is told on standard
 * error and its files are tried again when one of them changes. Names that begin with a dot or end in .part, .tmp or
 * .partial are not looked at.
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
  const done = new Set<string>()
  let seen = new Map<string, string>()
  try {
    while (!stop.signal.aborted) {
      const now = look(directory)
      const complete = [...now].filter(([path, state]) => seen.get(path) === state && !done.has(`${path} ${state}`))
      const isArriving = [...now].some(([path, state]) => seen.get(path) !== state)
      if (complete.length > 0 && !isArriving) {
        for (const [path, state] of complete) done.add(`${path} ${state}`)
        await load(complete.map(([path]) => path).sort()).catch(tell)
      }
      seen = now
      await sleep(options.milliseconds ?? 2000, undefined, { signal: stop.signal }).catch(() => {})
    }
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end)
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

function tell(error: unknown): void {
  process.stderr.write(`oversight: ${error instanceof Error ? error.message : error}\n`)
}
