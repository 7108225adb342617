import { z } from 'zod'

/**
 * Canonical field kinds. Each is a zod schema with the metadata from which DDL, row checks, JSON Schema and the
 * dictionary are derived; `columnType` is engine-neutral (the dialect spells it).
 */
export type ColumnType = 'text' | 'instant' | 'real' | 'integer' | 'boolean' | 'text_list'

export interface FieldMeta {
  columnType: ColumnType
  description: string
  /** Only for names of people's making that end up in addresses and on pages. */
  naming?: Naming
}

/** What a name has to be, so that the schema and the checks of rows say the same. */
export interface Naming {
  /** Characters, counted as people do (code points). */
  maximumLength: number
  /** The whole name matches. Written so that JavaScript and RE2 read it alike. */
  pattern: string
  refused: readonly string[]
  /** No part of the name matches. */
  refusedPattern: string
  message: string
}

const fieldRegistry = z.registry<FieldMeta>()

export function fieldMeta(schema: z.ZodType): FieldMeta {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? schema.unwrap() : schema
  const meta = fieldRegistry.get(inner as z.ZodType) ?? fieldRegistry.get(schema)
  if (meta === undefined) throw new Error('contract field without metadata')
  return meta
}

export function text(description: string) {
  return z.string().min(1).register(fieldRegistry, { columnType: 'text', description })
}

/** Line and paragraph separators, controls, and marks that turn the direction of text: a name could look like another. */
const invisible = `\\p{Cc}\\p{Zl}\\p{Zp}${String.fromCodePoint(
  ...[0x061c, 0x200e, 0x200f],
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2066, 0x2067, 0x2068, 0x2069],
)}`
const blank = `\\p{Zs}${String.fromCodePoint(0xfeff)}`

const naming: Naming = {
  maximumLength: 200,
  pattern: `^[^${invisible}${blank}]([^${invisible}]*[^${invisible}${blank}])?$`,
  // As a part of an address these two mean a folder.
  refused: ['.', '..'],
  // The router reads an address that ends in .data as a request for a page's data, and an escaped slash as a slash.
  refusedPattern: '%2[fF]|\\.data$',
  message:
    'at most 200 characters, without blanks at its ends and without control or direction marks, is neither . nor .., does not end in .data and does not contain %2F',
}

/** A calendar month of the reporting time zone. */
export function monthText(description: string) {
  const month: Naming = {
    maximumLength: 7,
    pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
    refused: ['0000-00'],
    refusedPattern: '^$',
    message: 'a month as YYYY-MM, for example 2026-09',
  }
  return z
    .string()
    .regex(new RegExp(month.pattern), `Has to be ${month.message}.`)
    .register(fieldRegistry, { columnType: 'text', description, naming: month })
}

/** A name given by people: blanks and slashes inside are fine, what cannot be seen or addressed is not. */
export function nameText(description: string) {
  const message = `Has to be ${naming.message}.`
  return z
    .string()
    .min(1)
    .regex(new RegExp(naming.pattern, 'u'), message)
    .refine((name) => !/\p{Cs}/u.test(name) && [...name].length <= naming.maximumLength, message)
    .refine((name) => !naming.refused.includes(name) && !new RegExp(naming.refusedPattern).test(name), message)
    .register(fieldRegistry, { columnType: 'text', description, naming })
}

/** UTC instant. Suppliers write ISO 8601 with an offset; inside it is a Date. */
export function instant(description: string) {
  return z.iso
    .datetime({ offset: true })
    .brand<'instant'>()
    .register(fieldRegistry, { columnType: 'instant', description })
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T, description: string) {
  return z.enum(values).register(fieldRegistry, { columnType: 'text', description })
}

/** A real number within closed bounds. */
export function real(bounds: { minimum?: number; maximum?: number }, description: string) {
  let schema = z.number()
  if (bounds.minimum !== undefined) schema = schema.min(bounds.minimum)
  if (bounds.maximum !== undefined) schema = schema.max(bounds.maximum)
  return schema.register(fieldRegistry, { columnType: 'real', description })
}

/** How many of something: whole, from 0. */
export function count(description: string) {
  return z.int().min(0).register(fieldRegistry, { columnType: 'integer', description })
}

/** A real number in (0, maximum]. */
export function positiveReal(maximum: number, description: string) {
  return z.number().gt(0).max(maximum).register(fieldRegistry, { columnType: 'real', description })
}

export function flag(description: string) {
  return z.boolean().register(fieldRegistry, { columnType: 'boolean', description })
}

export function textList(description: string) {
  return z.array(z.string().min(1)).register(fieldRegistry, { columnType: 'text_list', description })
}
