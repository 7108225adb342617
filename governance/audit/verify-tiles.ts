import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'
import { openCheckpoint } from './checkpoint.ts'
import { tilePath } from './export-tiles.ts'
import { MemoryTree } from './memory-tree.ts'
import { leafHash, treeRoot } from './merkle-tree.ts'
import { parseVerifierKey } from './signed-note.ts'

const width = 256

/**
 * Checks an exported tlog-tiles folder offline: the checkpoint's signature, every entry against its hash in the tiles,
 * every higher tile, and the root. Gives the leaves. Throws trail_broken, naming the file, or bad_input without a key.
 */
export async function verifyTiles(
  directory: string,
  verifierKey: string,
): Promise<{ size: number; root: string; leaves: Buffer[] }> {
  const head = openCheckpoint(read(directory, 'checkpoint').toString('utf8'), parseVerifierKey(verifierKey))
  const tree = new MemoryTree()
  const leaves: Buffer[] = []
  for (let index = 0; index * width < head.size; index += 1) {
    const path = `tile/entries/${tilePath(index, Math.min(width, head.size - index * width))}`
    const entries = entriesOf(read(directory, path), path)
    if (entries.length !== Math.min(width, head.size - index * width)) {
      throw new OversightError('trail_broken', `${path} holds ${entries.length} entries, another number was signed.`)
    }
    for (const entry of entries) {
      leaves.push(entry)
      tree.append(leafHash(entry))
    }
  }
  for (let level = 0; Math.floor(head.size / width ** level) > 0; level += 1) {
    const count = Math.floor(head.size / width ** level)
    for (let index = 0; index * width < count; index += 1) {
      const inTile = Math.min(width, count - index * width)
      const path = `tile/${level}/${tilePath(index, inTile)}`
      const tile = read(directory, path)
      for (let offset = 0; offset < inTile; offset += 1) {
        const expected = await tree.read(level * 8, index * width + offset)
        if (tile.length === inTile * 32 && tile.subarray(offset * 32, offset * 32 + 32).equals(expected)) continue
        throw new OversightError('trail_broken', `${path}: hash ${offset} is not that of the entries under it.`)
      }
    }
  }
  const root = Buffer.from(await treeRoot(tree.read, head.size))
  if (!root.equals(head.root)) {
    throw new OversightError('trail_broken', `The ${head.size} entries do not have the root that was signed.`)
  }
  return { size: head.size, root: root.toString('hex'), leaves }
}

function entriesOf(bundle: Buffer, path: string): Buffer[] {
  const entries: Buffer[] = []
  for (let at = 0; at < bundle.length; ) {
    const length = at + 2 <= bundle.length ? bundle.readUInt16BE(at) : -1
    if (length < 0 || at + 2 + length > bundle.length) {
      throw new OversightError('trail_broken', `${path} is cut off in its entry ${entries.length}.`)
    }
    entries.push(bundle.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

function read(directory: string, path: string): Buffer {
  const file = join(directory, path)
  if (!existsSync(file)) throw new OversightError('trail_broken', `${path} is missing from ${directory}.`)
  return readFileSync(file)
}
