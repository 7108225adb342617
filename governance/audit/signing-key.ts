import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'
import { createNoteSigner, type NoteSigner, type NoteVerifier, parseVerifierKey } from './signed-note.ts'

const keyFile = 'checkpoint.key'
const verifierFile = 'checkpoint.vkey'
const lastFile = 'checkpoint.last'

/**
 * The key of the checkpoints, made at first use: `checkpoint.key` (0400, origin and seed), `checkpoint.vkey` for
 * everybody, `checkpoint.last` the last note that was signed. It lies outside the database, so that whoever can write
 * the database cannot sign. Throws internal when the file is damaged.
 */
export function openSigningKey(keysDirectory: string): NoteSigner {
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 })
  const file = join(keysDirectory, keyFile)
  if (!existsSync(file)) makeKey(keysDirectory)
  const [origin, seed] = readFileSync(file, 'utf8').trim().split(' ')
  if (origin === undefined || !/^[0-9a-f]{64}$/.test(seed ?? '')) {
    throw new OversightError('internal', `${file} is no signing key. Restore it from a backup.`)
  }
  const signer = createNoteSigner(origin, Buffer.from(seed ?? '', 'hex'))
  if (!existsSync(join(keysDirectory, verifierFile))) {
    writeDurably(keysDirectory, verifierFile, `${signer.verifierKey}\n`, 0o444)
  }
  return signer
}

/** The public half; undefined before the first checkpoint. */
export function findVerifier(keysDirectory: string): NoteVerifier | undefined {
  const file = join(keysDirectory, verifierFile)
  return existsSync(file) ? parseVerifierKey(readFileSync(file, 'utf8')) : undefined
}

/** The text of the verifier key; undefined before the first checkpoint. */
export function findVerifierKey(keysDirectory: string): string | undefined {
  const file = join(keysDirectory, verifierFile)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** The last signed note; undefined before the first. */
export function findLastSigned(keysDirectory: string): string | undefined {
  const file = join(keysDirectory, lastFile)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Remembers a note beside the key before it leaves the house. */
export function keepLastSigned(keysDirectory: string, note: string): void {
  writeDurably(keysDirectory, lastFile, note, 0o600)
}

/** Two processes may start at once: the first link wins, both then read the same key. */
function makeKey(keysDirectory: string): void {
  const origin = `oversight.invalid/ledger-${randomBytes(6).toString('hex')}`
  const temporary = join(keysDirectory, `${keyFile}.${randomBytes(6).toString('hex')}`)
  writeFile(temporary, `${origin} ${randomBytes(32).toString('hex')}\n`, 0o400)
  try {
    linkSync(temporary, join(keysDirectory, keyFile))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(temporary)
  }
  syncFolder(keysDirectory)
}

function writeDurably(directory: string, name: string, text: string, mode: number): void {
  const temporary = join(directory, `${name}.${randomBytes(6).toString('hex')}`)
  writeFile(temporary, text, mode)
  renameSync(temporary, join(directory, name))
  syncFolder(directory)
}

function writeFile(file: string, text: string, mode: number): void {
  const handle = openSync(file, 'wx', mode)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function syncFolder(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
