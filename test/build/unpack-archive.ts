import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'

/** Unpacks a .tar.gz into a folder, as anybody would who has tar. */
export async function unpackArchive(packed: Readable, folder: string): Promise<void> {
  const archive = extract()
  archive.on('entry', (header, stream, next) => {
    const pieces: Buffer[] = []
    stream.on('data', (piece) => pieces.push(piece as Buffer))
    stream.on('end', () => {
      const file = join(folder, header.name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, Buffer.concat(pieces))
      next()
    })
  })
  await pipeline(packed, createGunzip(), archive)
}
