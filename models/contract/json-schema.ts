import { z } from 'zod'
import { type EntityName, entities } from './entities.ts'
import { type FieldMeta, fieldMeta, type Naming } from './field.ts'

/** JSON Schema (draft 2020-12) of one row of an entity, with the descriptions of the contract: what suppliers get. */
export function entityJsonSchema(name: EntityName): z.core.JSONSchema.JSONSchema {
  const { schema, key, parent } = entities[name]
  const document = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const description = describe(zodSchema as unknown as z.ZodType)
      if (description !== undefined) jsonSchema.description = description
      const naming = namingOf(zodSchema as unknown as z.ZodType)
      if (naming !== undefined) {
        jsonSchema.maxLength = naming.maximumLength
        jsonSchema.not = { anyOf: [{ enum: [...naming.refused] }, { pattern: naming.refusedPattern }] }
      }
    },
  })
  return {
    ...document,
    title: name,
    description: `Natural key (source, ${key}).${parent === null ? '' : ' Belongs to an interaction of the same source.'} Instants are ISO 8601 with an offset.`,
  }
}

function namingOf(schema: z.ZodType): Naming | undefined {
  return schema instanceof z.ZodString ? metaOf(schema)?.naming : undefined
}

function describe(schema: z.ZodType): string | undefined {
  return schema instanceof z.ZodObject ? undefined : metaOf(schema)?.description
}

function metaOf(schema: z.ZodType): FieldMeta | undefined {
  try {
    return fieldMeta(schema)
  } catch {
    // Items of a list and the inside of an optional carry no metadata of their own.
    return undefined
  }
}
