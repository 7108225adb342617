import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { sha256Hex } from './canonical-json.ts'
import { signCheckpoint } from './sign-checkpoint.ts'
import { findVerifierKey } from './signing-key.ts'

const width = 256

/**
 * Writes the trail as a C2SP tlog-tiles folder: `checkpoint`, `tile/<level>/<index>` (256 hashes of subtrees of height
 * 8 x level each), `tile/entries/<index>` (leaves, each with its length in two bytes), the last of each partial. Beside
 * it `vkey`, `evidence/<SHA-256>.json` (every evidence and policy that an event names by its hash), `anchors/` (stamped
 * checkpoints with their RFC 3161 timestamps, for `openssl ts -verify`), the verifier `verify.mjs`, and `SHA256SUMS` over all of it. Signs a checkpoint first. Throws conflict when the folder holds an
 * export already.
 */
export async function exportTiles(ledger: Ledger, directory: string): Promise<{ size: number; root: string }> {
  const checkpoint = await signCheckpoint(ledger)
  mkdirSync(directory, { recursive: true })
  try {
    writeFileSync(join(directory, 'checkpoint'), checkpoint.note, { flag: 'wx' })
  } catch (cause) {
    throw new OversightError('conflict', `${directory} holds an export already. Name an empty folder.`, { cause })
  }
  writeFileSync(join(directory, 'vkey'), `${findVerifierKey(ledger.keysDirectory) ?? ''}\n`)
  await ledger.readSnapshot(async (db) => {
    for (let level = 0; Math.floor(checkpoint.size / width ** level) > 0; level += 1) {
      const count = Math.floor(checkpoint.size / width ** level)
      for (let index = 0; index * width < count; index += 1) {
        const hashes = await hashesOf(db, level * 8, index * width, Math.min(width, count - index * width))
        write(directory, `tile/${level}/${tilePath(index, hashes.length)}`, Buffer.concat(hashes))
      }
    }
    for (let index = 0; index * width < checkpoint.size; index += 1) {
      const leaves = await leavesOf(db, index * width, Math.min(width, checkpoint.size - index * width))
      write(directory, `tile/entries/${tilePath(index, leaves.length)}`, Buffer.concat(leaves.map(withLength)))
    }
    for (const text of await namedTexts(db, checkpoint.size)) {
      write(directory, `evidence/${sha256Hex(text)}.json`, Buffer.from(text))
    }
    for (const { tree_size, anchor_sha256, content_base64, note } of await anchorsOf(db)) {
      write(directory, `anchors/${tree_size}.checkpoint`, Buffer.from(note))
      write(directory, `anchors/${tree_size}-${anchor_sha256.slice(0, 8)}.tsr`, Buffer.from(content_base64, 'base64'))
    }
  })
  // By its name in the package: built into the pages' server, this module is not beside the verifier any more.
  const verifier = createRequire(import.meta.url).resolve('#governance/audit/verify-bundle.mjs')
  copyFileSync(verifier, join(directory, 'verify.mjs'))
  write(directory, 'SHA256SUMS', Buffer.from(sumsOf(directory)))
  return { size: checkpoint.size, root: checkpoint.root.toString('hex') }
}

/** C2SP: groups of three digits, all but the last with an x; partial tiles end in .p/<width>. */
export function tilePath(index: number, count: number): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  return groups.join('/') + (count < width ? `.p/${count}` : '')
}

function withLength(leaf: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(leaf.length)
  return Buffer.concat([length, leaf])
}

async function hashesOf(db: Kysely<LedgerSchema>, height: number, start: number, count: number): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('audit_nodes')
    .select('sha256')
    .where('height', '=', height)
    .where('position', '>=', start)
    .where('position', '<', start + count)
    .orderBy('position')
    .execute()
  refuseGap(rows.length, count)
  return rows.map((row) => Buffer.from(row.sha256, 'hex'))
}

function anchorsOf(db: Kysely<LedgerSchema>) {
  return db
    .selectFrom('checkpoint_anchors')
    .innerJoin('checkpoints', 'checkpoints.tree_size', 'checkpoint_anchors.tree_size')
    .select(['checkpoint_anchors.tree_size', 'anchor_sha256', 'content_base64', 'note'])
    .orderBy('checkpoint_anchors.tree_size')
    .orderBy('anchor_sha256')
    .execute()
}

async function leavesOf(db: Kysely<LedgerSchema>, start: number, count: number): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('audit_events')
    .select('leaf')
    .where('seq', '>=', start)
    .where('seq', '<', start + count)
    .orderBy('seq')
    .execute()
  refuseGap(rows.length, count)
  return rows.map((row) => Buffer.from(row.leaf))
}

/** What the signed events name by hash only: evidence, where it came from, policies. */
async function namedTexts(db: Kysely<LedgerSchema>, size: number): Promise<Set<string>> {
  const events = await db
    .selectFrom('audit_events')
    .select(['action', 'object_id'])
    .where('seq', '<', size)
    .where('action', 'in', ['evidence-frozen', 'policy-published'])
    .execute()
  const texts = new Set<string>()
  for (const { action, object_id: id } of events) {
    if (action === 'evidence-frozen') {
      const row = await db
        .selectFrom('evidence')
        .select(['content', 'provenance'])
        .where('evidence_id', '=', id)
        .executeTakeFirst()
      refuseGap(row === undefined ? 0 : 1, 1)
      for (const text of [row?.content, row?.provenance]) if (text !== undefined) texts.add(text)
    } else {
      const row = await db
        .selectFrom('policies')
        .select('content')
        .where('policy_version', '=', Number(id))
        .executeTakeFirst()
      refuseGap(row === undefined ? 0 : 1, 1)
      if (row !== undefined) texts.add(row.content)
    }
  }
  return texts
}

/** As `sha256sum -c` reads it, sorted by path. */
function sumsOf(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((path) => `${sha256Hex(readFileSync(join(directory, path)))}  ${path}\n`)
    .join('')
}

function refuseGap(found: number, wanted: number): void {
  if (found === wanted) return
  throw new OversightError('trail_broken', 'The audit trail has a gap. Run "oversight audit verify".')
}

function write(directory: string, path: string, data: Buffer): void {
  const file = join(directory, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, data, { flag: 'wx' })
}
