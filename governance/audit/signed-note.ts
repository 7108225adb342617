import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { OversightError } from '#models/oversight-error.ts'

/** C2SP signed-note algorithm byte of Ed25519. */
const ed25519 = 0x01
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

export interface NoteSigner {
  name: string
  keyId: Buffer
  /** `name+keyid+base64(algorithm || public key)`: what a verifier needs. */
  verifierKey: string
  sign(message: string): Buffer
}

export interface NoteVerifier {
  name: string
  keyId: Buffer
  /** Raw 32 bytes. */
  publicKey: Buffer
  verify(message: string, signature: Uint8Array): boolean
}

/** Ed25519 signer of C2SP signed notes from a 32-byte seed. The name has no blank and no plus sign. */
export function createNoteSigner(name: string, seed: Uint8Array): NoteSigner {
  if (seed.length !== 32) throw new OversightError('internal', 'An Ed25519 seed has 32 bytes.')
  refuseBadName(name)
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = rawPublicKey(createPublicKey(privateKey))
  const keyId = keyIdOf(name, publicKey)
  const encoded = Buffer.concat([Buffer.of(ed25519), publicKey]).toString('base64')
  return {
    name,
    keyId,
    verifierKey: `${name}+${keyId.toString('hex')}+${encoded}`,
    sign: (message) => sign(null, Buffer.from(message), privateKey),
  }
}

/** Reads a verifier key. Throws bad_input when it is none or contradicts itself. */
export function parseVerifierKey(text: string): NoteVerifier {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim())
  const decoded = Buffer.from(match?.[3] ?? '', 'base64')
  const name = match?.[1] ?? ''
  const publicKey = decoded.subarray(1)
  if (match === null || decoded.length !== 33 || decoded[0] !== ed25519) {
    throw new OversightError('bad_input', `"${text.trim().slice(0, 80)}" is no Ed25519 verifier key (name+id+key).`)
  }
  const keyId = keyIdOf(name, publicKey)
  if (keyId.toString('hex') !== match[2]) {
    throw new OversightError('bad_input', `The verifier key of ${name} does not have the id ${match[2]} it claims.`)
  }
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' })
  return { name, keyId, publicKey, verify: (message, signature) => verify(null, Buffer.from(message), key, signature) }
}

/** Signs a text that ends with a line break: text, blank line, signature line. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!text.endsWith('\n')) throw new OversightError('internal', 'The text of a note ends with a line break.')
  const signature = Buffer.concat([signer.keyId, signer.sign(text)]).toString('base64')
  return `${text}\n— ${signer.name} ${signature}\n`
}

/**
 * Checks a signed note and gives its text. Signatures of unknown keys are passed over, as C2SP asks. Throws
 * trail_broken when the key's own signature is missing or wrong.
 */
export function openNote(note: string, verifier: NoteVerifier): string {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw new OversightError('trail_broken', 'This is no signed note.')
  const text = note.slice(0, split + 1)
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const match = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line)
    if (match === null) throw new OversightError('trail_broken', 'The note has a malformed signature line.')
    const bytes = Buffer.from(match[2] ?? '', 'base64')
    if (match[1] !== verifier.name || !bytes.subarray(0, 4).equals(verifier.keyId)) continue
    if (bytes.toString('base64') === match[2] && verifier.verify(text, bytes.subarray(4))) return text
    throw new OversightError('trail_broken', `The signature of ${verifier.name} does not fit the note.`)
  }
  throw new OversightError('trail_broken', `The note is not signed by ${verifier.name}.`)
}

/** C2SP: the first four bytes of SHA-256(name || newline || algorithm || public key). */
function keyIdOf(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`).update(Buffer.of(ed25519)).update(publicKey).digest().subarray(0, 4)
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length)
}

function refuseBadName(name: string): void {
  if (!/^[^\s+]+$/u.test(name)) throw new OversightError('internal', `"${name}" cannot be the name of a key.`)
}
