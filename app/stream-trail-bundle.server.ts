import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import { exportTiles } from '#governance/audit/export-tiles.ts'
import { ledger } from './ledger.server.ts'
import { runtime } from './runtime.server.ts'

/** A folder inside the archive, so that unpacking makes one. */
const folder = 'oversight-trail'

/**
 * The trail up to its newest checkpoint, signed now, with its verifier, as one .tar.gz: what `oversight audit export`
 * writes. The folder is made in a private temporary place and is gone when the stream ends, however it ends.
 */
export async function streamTrailBundle(): Promise<{ size: number; body: ReadableStream<Uint8Array> }> {
  const directory = await mkdtemp(join(tmpdir(), 'oversight-trail-'))
  try {
    const { size } = await exportAlone(directory)
    const archive = pack()
    const compressed = createGzip()
    const remove = () => rm(directory, { recursive: true, force: true })
    // What fails on the way ends the stream with an error; the client sees a broken download, not a short one.
    void Promise.all([pipeline(archive, compressed), addFiles(archive, directory)])
      .catch((error: Error) => archive.destroy(error))
      .finally(remove)
    return { size, body: Readable.toWeb(compressed) as ReadableStream<Uint8Array> }
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** Writing the folder is work on the ledger: one after the other in this server. */
async function exportAlone(directory: string): Promise<{ size: number; root: string }> {
  const { resources } = runtime()
  const before = (resources.get('trail export') as Promise<unknown> | undefined) ?? Promise.resolve()
  const mine = before.then(async () => exportTiles(await ledger(), directory))
  resources.set(
    'trail export',
    mine.catch(() => undefined),
  )
  return mine
}

async function addFiles(archive: Pack, directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) {
    const name = `${folder}/${relative(directory, file).split(sep).join('/')}`
    await pipeline(createReadStream(file), archive.entry({ name, size: (await stat(file)).size, mode: 0o644 }))
  }
  archive.finalize()
}
