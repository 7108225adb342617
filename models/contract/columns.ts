import { z } from 'zod'
import { type EntityName, entities } from './entities.ts'
import { type ColumnType, fieldMeta, type Naming } from './field.ts'

/** One column of an entity, as DDL, row checks, mappings and the data dictionary need it. */
export interface EntityColumn {
  name: string
  type: ColumnType
  isRequired: boolean
  description: string
  /** What a name has to be, null for columns that hold none. */
  naming: Naming | null
  /** Allowed values of an enumeration, null for open columns. */
  values: readonly string[] | null
  /** Closed bounds, except that `isMinimumExclusive` leaves the minimum itself out. null: unbounded. */
  minimum: number | null
  maximum: number | null
  isMinimumExclusive: boolean
}

/** The columns of an entity in the contract's order. */
export function entityColumns(name: EntityName): EntityColumn[] {
  return Object.entries(entities[name].schema.shape).map(([column, schema]) => {
    const { inner, isRequired } = unwrap(schema as z.ZodType)
    const meta = fieldMeta(inner)
    return {
      name: column,
      type: meta.columnType,
      isRequired,
      description: meta.description,
      naming: meta.naming ?? null,
      values: inner instanceof z.ZodEnum ? inner.options.map(String) : null,
      ...bounds(inner),
    }
  })
}

/** Columns that every loaded row has beside those of the contract. */
export const lineageColumns: readonly { name: string; type: ColumnType }[] = [
  { name: 'load_id', type: 'text' },
  { name: 'source_file', type: 'text' },
  { name: 'source_row', type: 'integer' },
  { name: 'loaded_at', type: 'instant' },
]

function unwrap(schema: z.ZodType): { inner: z.ZodType; isRequired: boolean } {
  let inner = schema
  let isRequired = true
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
    inner = inner.unwrap() as z.ZodType
    isRequired = false
  }
  return { inner, isRequired }
}

function bounds(schema: z.ZodType): Pick<EntityColumn, 'minimum' | 'maximum' | 'isMinimumExclusive'> {
  const found: Pick<EntityColumn, 'minimum' | 'maximum' | 'isMinimumExclusive'> = {
    minimum: null,
    maximum: null,
    isMinimumExclusive: false,
  }
  if (!(schema instanceof z.ZodNumber)) return found
  for (const each of schema.def.checks ?? []) {
    const check = each._zod.def as z.core.$ZodCheckDef & { value?: number; inclusive?: boolean }
    if (check.check === 'greater_than') {
      found.minimum = check.value ?? null
      found.isMinimumExclusive = check.inclusive === false
    } else if (check.check === 'less_than') {
      found.maximum = check.value ?? null
    }
  }
  return found
}
