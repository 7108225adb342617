import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'
import type { Home } from '../home.ts'

const shortestBytes = 16
/** Beside the snapshots, not beside the keys: a home restored without its keys has to notice that they are gone. */
const checkFile = 'pseudonym-key-check.txt'

/**
 * The key under which customer identifiers are hashed: OVERSIGHT_PSEUDONYM_KEY, else the file in the keys folder, made
 * on first use and readable by its owner only. Another key gives every customer another pseudonym: their contacts would no
 * longer be told to be theirs, and an erasure would find nobody.
 * Throws bad_input for a key that is too short, or another one than the home was loaded with.
 */
export function pseudonymKey(home: Home): Buffer {
  const given = process.env.OVERSIGHT_PSEUDONYM_KEY
  const key = given === undefined || given === '' ? keyOfFile(home) : keyOfEnvironment(given)
  const known = checkOf(home)
  if (known !== undefined && known !== checkValue(key)) throw isAnotherKey()
  return key
}

/** Notes which key the home is loaded with, for `pseudonymKey` to hold later ones against. Nothing tells the key from it. */
export function rememberPseudonymKey(home: Home, key: Buffer): void {
  if (checkOf(home) === undefined) {
    writeFileSync(join(home.warehouseDirectory, checkFile), `${checkValue(key)}\n`, { mode: 0o600 })
  }
}

function keyOfEnvironment(given: string): Buffer {
  const key = Buffer.from(given, 'utf8')
  if (key.length < shortestBytes) {
    throw new OversightError('bad_input', `OVERSIGHT_PSEUDONYM_KEY is shorter than ${shortestBytes} bytes.`)
  }
  return key
}

function keyOfFile(home: Home): Buffer {
  const file = join(home.keysDirectory, 'pseudonym.key')
  if (!existsSync(file)) {
    // A new key in the place of one that is missing would be the very fault.
    if (checkOf(home) !== undefined) throw isAnotherKey()
    mkdirSync(home.keysDirectory, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o400 })
    chmodSync(file, 0o400)
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length < shortestBytes) {
    throw new OversightError(
      'internal',
      `${file} holds no key. Restore it from a backup: without it customers cannot be recognised again.`,
    )
  }
  return key
}

function checkOf(home: Home): string | undefined {
  const file = join(home.warehouseDirectory, checkFile)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

function checkValue(key: Buffer): string {
  return createHmac('sha256', key).update('which key this home hashes customers with').digest('hex')
}

function isAnotherKey(): OversightError {
  return new OversightError(
    'bad_input',
    'The customers of this home were hashed with another key, so that none would be recognised. Set OVERSIGHT_PSEUDONYM_KEY as it was, or put keys/pseudonym.key back (and unset the variable).',
  )
}
