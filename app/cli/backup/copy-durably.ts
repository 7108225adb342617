import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Copies a file of one folder to the same place in another, and returns once it is on the disk. */
export async function copyDurably(from: string, to: string, path: string): Promise<void> {
  const target = join(to, path)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await copyFile(join(from, path), target, constants.COPYFILE_FICLONE)
  await chmod(target, (await stat(join(from, path))).mode & 0o777)
  await syncPath(target)
}

/** Puts a file, or the entries of a folder, onto the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
