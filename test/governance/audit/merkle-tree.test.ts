import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryTree } from '#governance/audit/memory-tree.ts'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodesOfAppend,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '#governance/audit/merkle-tree.ts'
import { hasOracle, readOracleTable } from '#test/build/oracle.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const hashes = (text = '') =>
  text
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => Buffer.from(each, 'hex'))

function treeOf(size: number): MemoryTree {
  const tree = new MemoryTree()
  for (let index = 0; index < size; index += 1) tree.append(leafHash(`leaf ${index}`))
  return tree
}

describe.skipIf(!hasOracle)('the tree of RFC 6962 against Go x/mod/sumdb (skipped without the oracle)', () => {
  const rootRows = hasOracle ? readOracleTable('merkle_roots.csv') : []
  const tree = new MemoryTree()
  for (const row of rootRows.slice(1)) tree.append(leafHash(Buffer.from(row.leaf_hex ?? '', 'hex')))

  it('has the same leaf hashes and roots at every size', async () => {
    expect(rootRows.length).toBeGreaterThan(8)
    for (const row of rootRows) {
      const size = Number(row.n_leaves)
      const root = await treeRoot(tree.read, size)
      expect(hex(root), `size ${size}`).toBe(row.root_hex)
      expect(Buffer.from(root).toString('base64')).toBe(row.root_base64)
      if (size > 0) expect(hex(await tree.read(0, size - 1))).toBe(row.leaf_hash_hex)
    }
  })

  it('has the same inclusion proofs, and they verify', async () => {
    const rows = readOracleTable('merkle_inclusion.csv')
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const [size, index] = [Number(row.tree_size), Number(row.leaf_index)]
      const proof = await inclusionProof(tree.read, index, size)
      expect(proof.map(hex).join(' '), `${index} in ${size}`).toBe(row.proof_hex_leaf_to_root)
      const leaf = Buffer.from(row.leaf_hash_hex ?? '', 'hex')
      const root = Buffer.from(row.root_hex ?? '', 'hex')
      expect(verifyInclusion(index, size, leaf, hashes(row.proof_hex_leaf_to_root), root)).toBe(true)
    }
  })

  it('has the same consistency proofs, and they verify', async () => {
    const rows = readOracleTable('merkle_consistency.csv')
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const [oldSize, newSize] = [Number(row.old_size), Number(row.new_size)]
      const proof = await consistencyProof(tree.read, oldSize, newSize)
      expect(proof.map(hex).join(' '), `${oldSize} to ${newSize}`).toBe(row.proof_hex)
      const [oldRoot, newRoot] = [
        Buffer.from(row.old_root_hex ?? '', 'hex'),
        Buffer.from(row.new_root_hex ?? '', 'hex'),
      ]
      expect(verifyConsistency(oldSize, newSize, oldRoot, newRoot, hashes(row.proof_hex))).toBe(true)
    }
  })
})

describe('the tree', () => {
  it('stores at each append only what comes into being, and roots follow from that', async () => {
    const stored = new Map<string, Uint8Array>()
    const read = async (height: number, position: number) => {
      const hash = stored.get(`${height}/${position}`)
      if (hash === undefined) throw new Error(`${height}/${position} was never stored`)
      return hash
    }
    for (let index = 0; index < 70; index += 1) {
      const made = await nodesOfAppend(read, index, leafHash(`leaf ${index}`))
      expect(made.length).toBeLessThanOrEqual(8)
      for (const node of made) stored.set(`${node.height}/${node.position}`, node.hash)
      expect(hex(await treeRoot(read, index + 1))).toBe(hex(await treeRoot(treeOf(index + 1).read, index + 1)))
    }
  })

  it('proves every leaf of every tree, and no other leaf, place, size or root', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 130 }), fc.nat(), fc.nat(), async (size, seedA, seedB) => {
        const index = seedA % size
        const tree = treeOf(size)
        const root = await treeRoot(tree.read, size)
        const proof = await inclusionProof(tree.read, index, size)
        const leaf = leafHash(`leaf ${index}`)
        expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true)
        expect(verifyInclusion(index, size, leafHash('other'), proof, root)).toBe(false)
        const other = seedB % size
        if (other !== index) expect(verifyInclusion(other, size, leaf, proof, root)).toBe(false)
        expect(verifyInclusion(index, size, leaf, [...proof, leaf], root)).toBe(false)
        if (proof.length > 0) expect(verifyInclusion(index, size, leaf, proof.slice(1), root)).toBe(false)
        expect(verifyInclusion(index, size, leaf, proof, leafHash('root'))).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('proves that a longer tree begins with a shorter one, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 130 }), fc.nat(), async (newSize, seed) => {
        const oldSize = 1 + (seed % newSize)
        const tree = treeOf(newSize)
        const [oldRoot, newRoot] = [await treeRoot(tree.read, oldSize), await treeRoot(tree.read, newSize)]
        const proof = await consistencyProof(tree.read, oldSize, newSize)
        expect(verifyConsistency(oldSize, newSize, oldRoot, newRoot, proof)).toBe(true)
        expect(verifyConsistency(oldSize, newSize, leafHash('forged'), newRoot, proof)).toBe(false)
        expect(verifyConsistency(oldSize, newSize, oldRoot, leafHash('forged'), proof)).toBe(false)
        expect(verifyConsistency(oldSize, newSize, oldRoot, newRoot, [...proof, oldRoot])).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('gives no proof outside of itself', async () => {
    const tree = treeOf(3)
    await expect(inclusionProof(tree.read, 3, 3)).rejects.toThrow(RangeError)
    await expect(consistencyProof(tree.read, 0, 3)).rejects.toThrow(RangeError)
    await expect(consistencyProof(tree.read, 4, 3)).rejects.toThrow(RangeError)
  })
})
