import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BackupFile } from './backup-manifest.ts'

/** Every file below a folder with its size and hash, by path. */
export async function listFiles(folder: string): Promise<BackupFile[]> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
  const files: BackupFile[] = []
  for (const path of paths) {
    const file = join(folder, path)
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    files.push({ path, byteCount: statSync(file).size, sha256: hash.digest('hex') })
  }
  return files
}
