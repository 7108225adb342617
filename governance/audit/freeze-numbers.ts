import { OversightError } from '#models/oversight-error.ts'
import { decimalText, type PlainJson } from './canonical-json.ts'

/** What decimalText writes for a number that is not whole. */
const decimal = /^-?\d+(\.\d+(e[+-]\d+)?|e[+-]\d+)$/

/**
 * Makes numbers fit for hashing: whole ones stay, others become decimal text; instants become ISO text; undefined
 * members are left out. `thawNumbers` is the way back.
 */
export function freezeNumbers(value: unknown): PlainJson {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : decimalText(value)
  if (typeof value === 'string') return value.normalize('NFC')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(freezeNumbers)
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key.normalize('NFC'), freezeNumbers(member)]),
    )
  }
  throw new OversightError('internal', `A ${typeof value} cannot be frozen.`)
}

/** Decimal text back to numbers, but for members named in `textKeys` (an AI version "4.2" is no number). */
export function thawNumbers(value: unknown, textKeys: ReadonlySet<string>, key = ''): unknown {
  if (typeof value === 'string') {
    return !textKeys.has(key) && decimal.test(value) ? Number(value) : value
  }
  if (Array.isArray(value)) return value.map((item) => thawNumbers(item, textKeys, key))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, thawNumbers(member, textKeys, name)]),
    )
  }
  return value
}
