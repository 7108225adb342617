import { type NodeReader, nodeHash, type TreeNode } from './merkle-tree.ts'

/** A Merkle tree held in memory: complete subtrees by height. For verification and for proofs over an export. */
export class MemoryTree {
  readonly #heights: Uint8Array[][] = [[]]

  get size(): number {
    return this.#heights[0]?.length ?? 0
  }

  append(leaf: Uint8Array): void {
    let hash = leaf
    for (let height = 0; ; height += 1) {
      const row = this.#heights[height] ?? []
      this.#heights[height] = row
      row.push(hash)
      if (row.length % 2 === 1) return
      hash = nodeHash(row[row.length - 2] as Uint8Array, hash)
    }
  }

  /** Reader for the functions of merkle-tree.ts. */
  readonly read: NodeReader = async (height, position) => {
    const hash = this.#heights[height]?.[position]
    if (hash === undefined) throw new RangeError(`no subtree of height ${height} at ${position}`)
    return hash
  }

  /** Every complete subtree, by height, then position. */
  nodes(): TreeNode[] {
    return this.#heights.flatMap((row, height) => row.map((hash, position) => ({ height, position, hash })))
  }

  /** How many complete subtrees there are of each height, from 0. */
  counts(): number[] {
    return this.#heights.map((row) => row.length)
  }
}
