import { z } from 'zod'

/**
 * Canonical field kinds. Each is a zod schema with the metadata from which DDL, row checks, JSON Schema and the
 * dictionary are derived; `columnType` is engine-neutral (the dialect spells it).
 */
export type ColumnType = 'text' | 'instant' | 'real' | 'integer' | 'boolean' | 'text_list'

export interface FieldMeta {
  columnType: ColumnType
  description: string
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
