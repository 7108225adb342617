import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openCheckpoint, signCheckpointNote } from '#governance/audit/checkpoint.ts'
import { MemoryTree } from '#governance/audit/memory-tree.ts'
import { inclusionProof, leafHash, treeRoot } from '#governance/audit/merkle-tree.ts'
import { receiptText, verifyReceipt } from '#governance/audit/receipt.ts'
import { createNoteSigner, openNote, parseVerifierKey, signNote } from '#governance/audit/signed-note.ts'
import { hasOracle, readOracle, readOracleTable } from '#test/build/oracle.ts'

describe.skipIf(!hasOracle)('checkpoint and receipt against the C2SP reference (skipped without the oracle)', () => {
  const seed = Buffer.from(hasOracle ? readOracle('checkpoint_test_seed_hex.txt').trim() : '', 'hex')
  const origin = 'audit.example.com/log1'

  async function eightLeaves() {
    const tree = new MemoryTree()
    const leaves = readOracleTable('merkle_roots.csv')
      .slice(1, 9)
      .map((row) => Buffer.from(row.leaf_hex ?? '', 'hex'))
    for (const leaf of leaves) tree.append(leafHash(leaf))
    return { tree, leaves }
  }

  it('derives the same verifier key', () => {
    expect(createNoteSigner(origin, seed).verifierKey).toBe(readOracle('checkpoint_vkey.txt').trim())
  })

  it('signs the same checkpoint and reads it back', async () => {
    const { tree } = await eightLeaves()
    const root = Buffer.from(await treeRoot(tree.read, 8))
    const note = signCheckpointNote({ origin, size: 8, root }, createNoteSigner(origin, seed))
    expect(note).toBe(readOracle('checkpoint.txt'))
    const verifier = parseVerifierKey(readOracle('checkpoint_vkey.txt'))
    expect(openCheckpoint(note, verifier)).toEqual({ origin, size: 8, root })
  })

  it('writes the same receipt for leaf 3, and it verifies', async () => {
    const { tree, leaves } = await eightLeaves()
    const receipt = receiptText(3, await inclusionProof(tree.read, 3, 8), readOracle('checkpoint.txt'))
    expect(receipt).toBe(readOracle('leaf3.tlog-proof'))
    const verifier = parseVerifierKey(readOracle('checkpoint_vkey.txt'))
    expect(verifyReceipt(receipt, leafHash(leaves[3] ?? ''), verifier)).toMatchObject({ index: 3, size: 8 })
    expect(() => verifyReceipt(receipt, leafHash(leaves[2] ?? ''), verifier)).toThrow(/not at place 3/)
    expect(() => verifyReceipt(receipt.replace('index 3', 'index 2'), leafHash(leaves[3] ?? ''), verifier)).toThrow()
  })
})

describe('a signed note', () => {
  const signer = createNoteSigner('log.example/a', randomBytes(32))
  const verifier = parseVerifierKey(signer.verifierKey)

  it('opens only unchanged', () => {
    const note = signNote('one\ntwo\n', signer)
    expect(openNote(note, verifier)).toBe('one\ntwo\n')
    for (let at = 0; at < note.length; at += 1) {
      const changed = note.slice(0, at) + String.fromCharCode(note.charCodeAt(at) ^ 1) + note.slice(at + 1)
      expect(() => openNote(changed, verifier), `character ${at}`).toThrow()
    }
  })

  it('passes over signatures of unknown keys but needs the known one', () => {
    const witness = createNoteSigner('witness.example', randomBytes(32))
    const note = signNote('text\n', signer)
    const cosigned = note + signNote('text\n', witness).split('\n\n')[1]
    expect(openNote(cosigned, verifier)).toBe('text\n')
    expect(openNote(cosigned, parseVerifierKey(witness.verifierKey))).toBe('text\n')
    expect(() => openNote(note, parseVerifierKey(witness.verifierKey))).toThrow(/not signed by/)
  })

  it('is not a checkpoint only because it is signed', () => {
    for (const body of ['log.example/a\n1\nAAAA\n', 'other\n1\n\n', 'log.example/a\n01\n\n', 'text\n']) {
      expect(() => openCheckpoint(signNote(body, signer), verifier)).toThrow(/no checkpoint/)
    }
  })

  it('refuses verifier keys that contradict themselves', () => {
    const [name, id] = signer.verifierKey.split('+')
    expect(() => parseVerifierKey(signer.verifierKey.replace('log.example', 'other'))).toThrow(/does not have the id/)
    expect(() => parseVerifierKey(`${name}+${id}`)).toThrow(/no Ed25519 verifier key/)
  })
})
