#!/usr/bin/env node
// Checks an exported audit trail of Oversight offline. One file, plain Node (18 or later), nothing to install:
//
//   node verify.mjs [folder] [--vkey <key or file>] [--checkpoint <file>]... [--receipt <file>]... [--json]
//
// The folder is a C2SP tlog-tiles log: checkpoint (a signed note), tile/<level>/<index>, tile/entries/<index>, and
// beside it vkey, evidence/<SHA-256>.json, SHA256SUMS, this file. Exit code 0: everything holds; 1: something does not,
// and it is named; 2: wrong usage.
//
// A verifier key or a verifier that came with the folder proves nothing by itself: whoever made the folder chose them.
// Give the key that you were handed when the log began, and every checkpoint and receipt that you kept since.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const width = 256

/**
 * Checks one folder. `vkey`: verifier key, instead of the one in the folder. `checkpoints`, `receipts`: texts that
 * somebody else kept.
 */
export function verifyBundle(directory, { vkey, checkpoints = [], receipts = [] } = {}) {
  const findings = []
  const found = (where, what) => findings.push({ where, what })
  const report = { ok: false, origin: null, size: 0, root: null, isOwnKey: vkey !== undefined, levels: {}, findings }
  const files = new Map(listFiles(directory).map((path) => [path, readFileSync(join(directory, ...path.split('/')))]))
  const expected = new Set(['checkpoint', 'vkey', 'verify.mjs', 'SHA256SUMS'])

  verifySums(files, found)
  const key = attempt('vkey', found, () => readVerifierKey(vkey, files))
  const head = key && attempt('checkpoint', found, () => openCheckpoint(textOf(files, 'checkpoint'), key))
  if (!key || !head) return report
  Object.assign(report, { origin: head.origin, size: head.size })

  const leaves = readEntries(files, head.size, expected, found)
  const tree = buildTree(leaves.map(leafHash))
  verifyTiles(files, tree, head.size, expected, found)
  const root = leaves.length === head.size ? rootOf(tree, head.size) : undefined
  report.root = root?.toString('hex') ?? null
  if (root !== undefined && !root.equals(head.root)) {
    found('checkpoint', `the ${head.size} entries do not have the root that was signed`)
  }
  const events = leaves.map((leaf, seq) => readEvent(leaf, seq, found))
  verifyEvidence(files, events, expected, found)
  report.levels = levelsOf(events)

  for (const [index, text] of checkpoints.entries()) {
    const where = `kept checkpoint ${index + 1}`
    const kept = attempt(where, found, () => openCheckpoint(text, key))
    if (kept) verifyKept(kept, tree, leaves.length, where, found)
  }
  for (const [index, text] of receipts.entries()) {
    const where = `kept receipt ${index + 1}`
    attempt(where, found, () => verifyReceipt(text, key, leaves, tree, where, found))
  }
  // Checkpoints that others stamped (RFC 3161): whoever checks the stamp must find the checkpoint true as well.
  for (const path of files.keys()) {
    if (!/^anchors\/\d+(\.checkpoint|-[0-9a-f]{8}\.tsr)$/.test(path)) continue
    expected.add(path)
    if (!path.endsWith('.checkpoint')) continue
    const stamped = attempt(path, found, () => openCheckpoint(textOf(files, path), key))
    if (stamped) verifyKept(stamped, tree, leaves.length, path, found)
  }
  for (const path of files.keys()) {
    // Kept copies of older checkpoints and proofs may lie in the folder: they are no part of the log.
    const isCompanion = /^(checkpoint\.\d+|consistency\.\d+-\d+\.txt)$/.test(path)
    if (!expected.has(path) && !isCompanion) found(path, 'does not belong to this log')
  }
  report.ok = findings.length === 0
  return report
}

function listFiles(directory) {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      relative(directory, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort()
}

/** SHA256SUMS, as `sha256sum -c` reads it, covers every other file; without it only what the log signs is covered. */
function verifySums(files, found) {
  const sums = files.get('SHA256SUMS')
  if (sums === undefined) return
  const lines = [...files.keys()]
    .filter((path) => path !== 'SHA256SUMS')
    .map((path) => `${sha256(files.get(path)).toString('hex')}  ${path}\n`)
  if (sums.equals(Buffer.from(lines.join('')))) return
  const written = new Set(
    sums
      .toString('latin1')
      .split('\n')
      .map((line) => `${line}\n`),
  )
  const changed = lines.filter((line) => !written.has(line)).map((line) => line.slice(66, -1))
  if (changed.length === 0) found('SHA256SUMS', 'was changed, or names files that are gone')
  for (const path of changed) found(path, 'is not as it was exported (SHA256SUMS)')
}

function readVerifierKey(given, files) {
  const text = given === undefined ? textOf(files, 'vkey') : given
  const [, name, id, encoded] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n?$/.exec(text) ?? fail('is no verifier key')
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length !== 33 || bytes[0] !== 1 || bytes.toString('base64') !== encoded) fail('is no Ed25519 verifier key')
  const keyId = sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes])).subarray(0, 4)
  if (keyId.toString('hex') !== id) fail('does not have the id that it claims')
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)])
  return { name, keyId, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

/** C2SP signed note: text, blank line, signature lines; signatures of other keys are passed over. */
function openNote(note, { name, keyId, key }) {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) fail('is no signed note')
  const text = note.slice(0, split + 1)
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, signer, encoded] = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? fail('has a malformed signature line')
    const bytes = Buffer.from(encoded, 'base64')
    if (signer !== name || !bytes.subarray(0, 4).equals(keyId)) continue
    if (bytes.toString('base64') === encoded && verify(null, Buffer.from(text), key, bytes.subarray(4))) return text
    fail(`carries a signature of ${name} that does not fit`)
  }
  return fail(`is not signed by ${name}`)
}

function openCheckpoint(note, key) {
  const [origin, size, encoded] = openNote(note, key).split('\n')
  const root = Buffer.from(encoded ?? '', 'base64')
  if (origin !== key.name || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || root.length !== 32) {
    fail('is signed but is no checkpoint of this log')
  }
  if (root.toString('base64') !== encoded) fail('is signed but is no checkpoint of this log')
  return { origin, size: Number(size), root }
}

function readEntries(files, size, expected, found) {
  const leaves = []
  for (let index = 0; index * width < size; index += 1) {
    const count = Math.min(width, size - index * width)
    const path = `tile/entries/${tilePath(index, count)}`
    expected.add(path)
    const bundle = files.get(path)
    if (bundle === undefined) {
      found(path, `is missing: entries ${index * width} to ${index * width + count - 1}`)
      return leaves
    }
    let at = 0
    for (let entry = 0; entry < count; entry += 1) {
      const length = at + 2 <= bundle.length ? bundle.readUInt16BE(at) : Number.POSITIVE_INFINITY
      if (at + 2 + length > bundle.length) {
        found(path, `is cut off at entry ${index * width + entry}`)
        return leaves
      }
      leaves.push(bundle.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
    if (at !== bundle.length) found(path, `holds more than the ${count} entries that were signed`)
  }
  return leaves
}

function verifyTiles(files, tree, size, expected, found) {
  for (let level = 0; Math.floor(size / width ** level) > 0; level += 1) {
    const count = Math.floor(size / width ** level)
    for (let index = 0; index * width < count; index += 1) {
      const inTile = Math.min(width, count - index * width)
      const path = `tile/${level}/${tilePath(index, inTile)}`
      expected.add(path)
      const tile = files.get(path)
      if (tile?.length !== inTile * 32) {
        found(path, tile === undefined ? 'is missing' : `holds ${tile.length} bytes instead of ${inTile * 32}`)
        continue
      }
      for (let offset = 0; offset < inTile; offset += 1) {
        const hash = tree[level * 8]?.[index * width + offset]
        if (hash?.equals(tile.subarray(offset * 32, offset * 32 + 32))) continue
        const subtree = width ** level
        const first = (index * width + offset) * subtree
        const entries = level === 0 ? `entry ${first}` : `entries ${first} to ${first + subtree - 1}`
        found(path, `hash ${offset} is not that of ${entries}`)
      }
    }
  }
}

/** Leaves of Oversight number themselves; another log's are only hashed. */
function readEvent(leaf, seq, found) {
  let event
  try {
    event = JSON.parse(leaf.toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof event?.seq === 'number' && event.seq !== seq) found(`entry ${seq}`, `calls itself event ${event.seq}`)
  return event
}

/** Every evidence and policy that an event names by its hash lies in evidence/, and nothing else does. */
function verifyEvidence(files, events, expected, found) {
  const hasEvidence = [...files.keys()].some((path) => path.startsWith('evidence/'))
  for (const [path, bytes] of files) {
    if (!path.startsWith('evidence/')) continue
    const hash = sha256(bytes).toString('hex')
    if (path !== `evidence/${hash}.json`) found(path, 'does not have the content that its name says')
  }
  for (const [seq, event] of events.entries()) {
    if (event?.action !== 'evidence-frozen' && event?.action !== 'policy-published') continue
    for (const hash of [event.data?.contentSha256, event.data?.provenanceSha256]) {
      if (hash === undefined) continue
      const path = `evidence/${hash}.json`
      expected.add(path)
      if (hasEvidence && !files.has(path)) found(path, `is missing; event ${seq} names it`)
    }
  }
}

/** The level of each type at the end of the trail, to compare with what runs. */
function levelsOf(events) {
  const levels = {}
  for (const event of events) {
    if (event?.action === 'level-changed') levels[event.object.id] = event.data.toLevel
  }
  return levels
}

function verifyKept(kept, tree, size, where, found) {
  if (kept.size > size) {
    const lost = size === kept.size - 1 ? `entry ${size} is` : `entries ${size} to ${kept.size - 1} are`
    found(where, `was signed over ${kept.size} entries, but ${lost} gone`)
  } else if (!rootOf(tree, kept.size).equals(kept.root)) {
    found(where, `the first ${kept.size} entries are not those that it was signed over: history was rewritten`)
  }
}

/** C2SP tlog-proof: header, index, proof, blank line, checkpoint. */
function verifyReceipt(text, key, leaves, tree, where, found) {
  const split = text.indexOf('\n\n')
  const [header, indexLine, ...hashes] = text.slice(0, split).split('\n')
  const index = Number(/^index (\d+)$/.exec(indexLine ?? '')?.[1] ?? Number.NaN)
  if (split < 0 || header !== 'c2sp.org/tlog-proof@v1' || Number.isNaN(index)) fail('is no receipt')
  const head = openCheckpoint(text.slice(split + 2), key)
  verifyKept(head, tree, leaves.length, where, found)
  const leaf = leaves[index]
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
  if (leaf === undefined || !rootFromProof(index, head.size, leafHash(leaf), proof)?.equals(head.root)) {
    found(where, `event ${index} of this log is not the one that was receipted`)
  }
}

/** RFC 9162, 2.1.3.2. */
function rootFromProof(index, size, leaf, proof) {
  if (index >= size) return undefined
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (sn === 0) return undefined
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 ? hash : undefined
}

/** Complete subtrees by height, then position. */
function buildTree(leaves) {
  const tree = [leaves]
  for (let below = leaves; below.length > 1; below = tree.at(-1)) {
    const row = []
    for (let at = 0; at + 1 < below.length; at += 2) row.push(nodeHash(below[at], below[at + 1]))
    tree.push(row)
  }
  return tree
}

/** RFC 6962 root of the first `size` leaves, joined from their complete subtrees. */
function rootOf(tree, size) {
  if (size === 0) return sha256(Buffer.alloc(0))
  let root
  let rest = size
  for (let height = 0; rest > 0; height += 1, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 0) continue
    const subtree = tree[height][rest - 1]
    root = root === undefined ? subtree : nodeHash(subtree, root)
  }
  return root
}

/** C2SP: groups of three digits, all but the last with an x; partial tiles end in .p/<width>. */
function tilePath(index, count) {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  return groups.join('/') + (count < width ? `.p/${count}` : '')
}

function textOf(files, path) {
  const bytes = files.get(path)
  if (bytes === undefined) fail('is missing')
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest()
}

function leafHash(leaf) {
  return createHash('sha256').update(Buffer.of(0)).update(leaf).digest()
}

function nodeHash(left, right) {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()
}

function fail(what) {
  throw new Error(what)
}

function attempt(where, found, work) {
  try {
    return work()
  } catch (error) {
    found(where, error.message)
    return undefined
  }
}

function main(args) {
  const options = { checkpoints: [], receipts: [] }
  let directory
  let json = false
  for (let at = 0; at < args.length; at += 1) {
    const value = () => {
      at += 1
      const next = args[at]
      if (next === undefined) usage(`${args[at - 1]} needs a value`)
      return next
    }
    if (args[at] === '--json') json = true
    else if (args[at] === '--vkey') options.vkey = textOrFile(value())
    else if (args[at] === '--checkpoint') options.checkpoints.push(readFileSync(value(), 'utf8'))
    else if (args[at] === '--receipt') options.receipts.push(readFileSync(value(), 'utf8'))
    else if (args[at].startsWith('-') || directory !== undefined) usage(`${args[at]} is not understood`)
    else directory = args[at]
  }
  directory ??= fileURLToPath(new URL('.', import.meta.url))
  if (!existsSync(directory)) usage(`${directory} does not exist`)
  const report = verifyBundle(directory, options)
  const lines = report.ok ? heldLines(report) : report.findings.map(({ where, what }) => `${where}: ${what}`)
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`)
  if (!report.ok && !json) process.stdout.write(`The log does not hold: ${report.findings.length} finding(s).\n`)
  process.exitCode = report.ok ? 0 : 1
}

function heldLines({ origin, size, root, isOwnKey, levels }) {
  return [
    `The log ${origin} holds: ${size} entries, root ${root}`,
    ...Object.keys(levels)
      .sort()
      .map((type) => `  ${type}: ${levels[type]}`),
    isOwnKey
      ? 'Checked with the key that you gave.'
      : 'Checked with the key in the folder: compare it with the one that you were handed (--vkey).',
  ]
}

function textOrFile(value) {
  return existsSync(value) ? readFileSync(value, 'utf8') : value
}

function usage(problem) {
  process.stderr.write(
    `${problem}\nUsage: node verify.mjs [folder] [--vkey <key or file>] [--checkpoint <file>]... [--receipt <file>]... [--json]\n`,
  )
  process.exit(2)
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  main(process.argv.slice(2))
}
