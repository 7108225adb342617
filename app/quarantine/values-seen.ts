import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Home } from '../home.ts'

const valuesSeen = z.object({
  seenAt: z.iso.datetime(),
  /** Name of the system's user who asked. */
  seenBy: z.string(),
  loadId: z.string(),
})

/** That somebody had the raw values of the rows that a load refused printed. */
export type ValuesSeen = z.infer<typeof valuesSeen>

/** Written before the first value is shown; without it none is. */
export function recordValuesSeen(home: Home, seen: ValuesSeen): void {
  appendFileSync(valuesSeenFile(home), `${JSON.stringify(seen)}\n`, { mode: 0o600 })
}

/** Newest first. A line that a full disk cut is left out. */
export function listValuesSeen(home: Home): ValuesSeen[] {
  const file = valuesSeenFile(home)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [valuesSeen.parse(JSON.parse(line))]
      } catch {
        return []
      }
    })
    .toReversed()
}

function valuesSeenFile(home: Home): string {
  return join(home.warehouseDirectory, 'values-seen.ndjson')
}
