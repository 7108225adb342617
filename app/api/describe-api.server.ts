import { z } from 'zod'
import { operations } from './operations.ts'

/** The operations as the page of the API shows them. */
export function describeApi() {
  return operations.map(({ id, path, scope, summary, description, params, query }) => ({
    id,
    path,
    scope,
    summary,
    description,
    parameters: [...parametersOf(params), ...parametersOf(query)],
  }))
}

function parametersOf(schema: z.ZodObject): { name: string; description: string | null }[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, enum: values } = property as { description?: string; enum?: readonly string[] }
    return { name, description: description ?? (values === undefined ? null : `One of ${values.join(', ')}.`) }
  })
}
