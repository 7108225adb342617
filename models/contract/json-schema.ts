import { z } from 'zod'
import { type EntityName, entities } from './entities.ts'
import { fieldMeta } from './field.ts'

/** JSON Schema (draft 2020-12) of one row of an entity, with the descriptions of the contract: what suppliers get. */
export function entityJsonSchema(name: EntityName): z.core.JSONSchema.JSONSchema {
  const { schema, key, parent } = entities[name]
  const document = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const description = describe(zodSchema as unknown as z.ZodType)
      if (description !== undefined) jsonSchema.description = description
    },
  })
  return {
    ...document,
    title: name,
    description: `Natural key (source, ${key}).${parent === null ? '' : ' Belongs to an interaction of the same source.'} Instants are ISO 8601 with an offset.`,
  }
}

function describe(schema: z.ZodType): string | undefined {
  if (schema instanceof z.ZodObject) return undefined
  try {
    return fieldMeta(schema).description
  } catch {
    // Items of a list and the inside of an optional carry no metadata of their own.
    return undefined
  }
}
