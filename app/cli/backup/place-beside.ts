import { basename, dirname, join } from 'node:path'

/** Where a folder is made until it is whole: on the same disk, so that it can be renamed. */
export function placeBeside(directory: string): string {
  return join(dirname(directory), `.${basename(directory)}.making-${process.pid}`)
}
