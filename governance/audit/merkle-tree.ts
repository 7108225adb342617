import { createHash } from 'node:crypto'

/** RFC 6962 section 2.1: SHA-256(0x00 || leaf). */
export function leafHash(leaf: string | Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest()
}

/** RFC 6962 section 2.1: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest()
}

/** Hash of the complete subtree of 2^height leaves that starts at leaf position * 2^height. Must exist. */
export type NodeReader = (height: number, position: number) => Promise<Uint8Array>

export interface TreeNode {
  height: number
  position: number
  hash: Uint8Array
}

/** The complete subtrees that come into being when leaf number `index` (from 0) is appended. O(log n) reads. */
export async function nodesOfAppend(read: NodeReader, index: number, hash: Uint8Array): Promise<TreeNode[]> {
  const made: TreeNode[] = [{ height: 0, position: index, hash }]
  let node = { height: 0, position: index, hash }
  while (node.position % 2 === 1) {
    const left = await read(node.height, node.position - 1)
    node = { height: node.height + 1, position: (node.position - 1) / 2, hash: nodeHash(left, node.hash) }
    made.push(node)
  }
  return made
}

/** Root of the first `size` leaves. The empty tree has the hash of nothing. */
export async function treeRoot(read: NodeReader, size: number): Promise<Uint8Array> {
  return size === 0 ? createHash('sha256').digest() : rangeHash(read, 0, size)
}

/** RFC 6962 section 2.1.1: hashes from the leaf's neighbour up to the root. Throws RangeError outside the tree. */
export async function inclusionProof(read: NodeReader, index: number, size: number): Promise<Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  const path = async (start: number, end: number): Promise<Uint8Array[]> => {
    if (end - start === 1) return []
    const middle = start + splitOf(end - start)
    return index < middle
      ? [...(await path(start, middle)), await rangeHash(read, middle, end)]
      : [...(await path(middle, end)), await rangeHash(read, start, middle)]
  }
  return path(0, size)
}

/** RFC 6962 section 2.1.2: that the tree of `newSize` begins with the tree of `oldSize` (1 <= old <= new). */
export async function consistencyProof(read: NodeReader, oldSize: number, newSize: number): Promise<Uint8Array[]> {
  if (!(oldSize >= 1 && oldSize <= newSize)) throw new RangeError(`no consistency from ${oldSize} to ${newSize}`)
  const subproof = async (start: number, end: number, isWhole: boolean): Promise<Uint8Array[]> => {
    if (oldSize === end) return isWhole ? [] : [await rangeHash(read, start, end)]
    const middle = start + splitOf(end - start)
    return oldSize <= middle
      ? [...(await subproof(start, middle, isWhole)), await rangeHash(read, middle, end)]
      : [...(await subproof(middle, end, false)), await rangeHash(read, start, middle)]
  }
  return subproof(0, newSize, true)
}

/** RFC 9162 section 2.1.3.2. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return false
  let position = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash)
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && Buffer.compare(hash, root) === 0
}

/** RFC 9162 section 2.1.4.2. */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!(Number.isSafeInteger(oldSize) && oldSize >= 1 && oldSize <= newSize)) return false
  if (oldSize === newSize) return proof.length === 0 && Buffer.compare(oldRoot, newRoot) === 0
  const isPowerOfTwo = 2 ** Math.floor(Math.log2(oldSize)) === oldSize
  const [first, ...rest] = isPowerOfTwo ? [oldRoot, ...proof] : proof
  if (first === undefined) return false
  let position = oldSize - 1
  let last = newSize - 1
  while (position % 2 === 1) {
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  let oldHash = first
  let newHash = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      oldHash = nodeHash(sibling, oldHash)
      newHash = nodeHash(sibling, newHash)
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2)
        last = Math.floor(last / 2)
      }
    } else {
      newHash = nodeHash(newHash, sibling)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && Buffer.compare(oldHash, oldRoot) === 0 && Buffer.compare(newHash, newRoot) === 0
}

/** Hash of leaves [start, end), where start is a multiple of the largest power of two below the length. */
async function rangeHash(read: NodeReader, start: number, end: number): Promise<Uint8Array> {
  const length = end - start
  const height = Math.log2(length)
  if (Number.isInteger(height)) return read(height, start / length)
  const middle = start + splitOf(length)
  return nodeHash(await rangeHash(read, start, middle), await rangeHash(read, middle, end))
}

/** Largest power of two smaller than n (n >= 2). */
function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
