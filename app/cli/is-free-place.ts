import { existsSync, readdirSync } from 'node:fs'

/** Whether a folder may be made there: nothing lies there yet, or an empty folder. */
export function isFreePlace(directory: string): boolean {
  return !existsSync(directory) || readdirSync(directory).length === 0
}
