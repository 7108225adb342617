import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/**
 * A home that is made once in a run, for the first file that asks; files of this project run one after the other, so
 * nobody else makes it at the same time.
 */
export async function homeOfTheRun(name: string, make: (directory: string) => Promise<unknown>): Promise<string> {
  const home = join(inject('runFolder'), name)
  if (!existsSync(home)) {
    // Under its name when complete: the next file must not take half of one.
    await make(`${home}.partial`)
    renameSync(`${home}.partial`, home)
  }
  return home
}
