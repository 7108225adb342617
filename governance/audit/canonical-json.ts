import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { OversightError } from '#models/oversight-error.ts'

/** What may be hashed and kept for years: no floats, because two languages print them differently. */
export type PlainJson = null | boolean | number | string | readonly PlainJson[] | { readonly [key: string]: PlainJson }

/**
 * RFC 8785 text of a value of I-JSON without fractions: integers below 2^53, strings in NFC without lone surrogates.
 * Decimals come as strings (see decimalText). Throws internal, naming the place, for anything else.
 */
export function canonicalJson(value: PlainJson): string {
  refuseImpure(value, '$')
  const text = canonicalize(value)
  if (text === undefined) throw new OversightError('internal', 'Nothing to write down: the value is undefined.')
  return text
}

function refuseImpure(value: unknown, path: string): void {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return
    throw new OversightError('internal', `${path} is ${value}: only whole numbers are hashed, decimals as text.`)
  }
  if (typeof value === 'string') {
    if (/\p{Cs}/u.test(value)) throw new OversightError('internal', `${path} holds half a character (lone surrogate).`)
    if (value.normalize('NFC') !== value) throw new OversightError('internal', `${path} is not in Unicode form NFC.`)
    return
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseImpure(item, `${path}[${index}]`)
    return
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) {
      refuseImpure(key, `${path} key`)
      refuseImpure(item, `${path}.${key}`)
    }
    return
  }
  throw new OversightError('internal', `${path} is not plain JSON but ${typeof value}.`)
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The shortest decimal that gives the number back; null stays null. Throws internal for NaN and infinities. */
export function decimalText(value: number | null): string | null {
  if (value === null) return null
  if (!Number.isFinite(value)) throw new OversightError('internal', `${value} is no number that could be frozen.`)
  return String(Object.is(value, -0) ? 0 : value)
}
