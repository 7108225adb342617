import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { hasOracle } from '#test/build/oracle.ts'

/** Public data sets beside the project; absent on most machines, so tests that need them say that they skip. */
const dataDirectory = join(process.cwd(), '..', 'shared', 'data')
export const hasRealFiles = existsSync(dataDirectory) && hasOracle
export const skipNote = hasRealFiles ? '' : ' (skipped: ../shared is absent)'

/** Files of one data set whose names fit. */
export function realFiles(dataset: string, pattern: RegExp): string[] {
  const directory = join(dataDirectory, dataset)
  return readdirSync(directory)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(directory, name))
}
