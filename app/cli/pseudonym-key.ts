import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'
import type { Home } from '../home.ts'

const shortestBytes = 16

/**
 * The key under which customer identifiers are hashed: OVERSIGHT_PSEUDONYM_KEY, else the file in the keys folder, made
 * on first use and readable by its owner only. Another key gives every customer another pseudonym.
 * Throws bad_input for a key that is too short.
 */
export function pseudonymKey(home: Home): Buffer {
  const given = process.env.OVERSIGHT_PSEUDONYM_KEY
  if (given !== undefined && given !== '') {
    const key = Buffer.from(given, 'utf8')
    if (key.length < shortestBytes) {
      throw new OversightError('bad_input', `OVERSIGHT_PSEUDONYM_KEY is shorter than ${shortestBytes} bytes.`)
    }
    return key
  }
  const file = join(home.keysDirectory, 'pseudonym.key')
  if (!existsSync(file)) {
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
