import { createHash } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { OversightError } from '#models/oversight-error.ts'

/** OWASP password storage: argon2id with 19 MiB, two passes, one lane (the library's default algorithm is argon2id). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const shortest = 8
const longest = 256

/** The most used passwords of eight characters and more; a breached-password list belongs to a directory service. */
const common = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssword p@ssw0rd 12345678 123456789 1234567890
  0123456789 123123123 11111111 111111111 00000000 87654321 987654321 88888888 66666666 12341234 123321123 abcd1234
  abc12345 abcdefgh 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 asdfghjkl asdfasdf
  zxcvbnm1 zaq12wsx iloveyou iloveyou1 sunshine sunshine1 princess princess1 football baseball superman batman123
  michelle jennifer trustno1 welcome1 welcome123 letmein1 letmein123 changeme changeme1 changeme123 admin123 admin1234
  administrator whatever starwars computer internet computer1 internet1 dragon123 monkey123 master123 shadow123
  football1 baseball1 liverpool arsenal1 chelsea1 passwort passwort1 schalke04 hallo123 motdepasse azertyui azerty123
  contrasena oversight oversight1 oversight123 secret123 default1 default123 testtest test1234 guest123 temp1234`.split(
    /\s+/,
  ),
)

/**
 * Accepts a new password: 8 to 256 characters (15 are recommended), no rules about kinds of characters; refused when
 * it is common, one repeated character, or the person's own name or address. Throws bad_input.
 */
export function checkNewPassword(password: string, person: { email: string; name: string }): void {
  const length = [...password].length
  const lower = password.toLowerCase()
  const own = [person.email, person.email.split('@')[0] ?? '', person.name].map((text) => text.toLowerCase())
  if (length < shortest || length > longest) {
    throw new OversightError(
      'bad_input',
      `A password has ${shortest} to ${longest} characters; 15 or more are recommended.`,
    )
  }
  if (common.has(lower) || new Set(lower).size === 1 || own.includes(lower)) {
    throw new OversightError(
      'bad_input',
      'This password is too easy to guess. Choose several words that do not belong together.',
    )
  }
}

/** argon2id hash as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

/** Of nobody: checked when there is no such person, so that the answer takes as long. */
let nobodysHash: Promise<string> | undefined

/** Whether the password fits; the same work is done when there is no hash to compare with. */
export async function isPasswordOf(passwordHash: string | undefined, password: string): Promise<boolean> {
  const bounded = [...password].length <= longest ? password : ''
  nobodysHash ??= hashPassword(createHash('sha256').update(crypto.randomUUID()).digest('hex'))
  const matches = await verify(passwordHash ?? (await nobodysHash), bounded.normalize('NFC'))
  return matches && passwordHash !== undefined
}
