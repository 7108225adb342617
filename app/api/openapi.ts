import { z } from 'zod'
import type { Operation } from './operation.ts'
import { problemSchema } from './problem.ts'

type JsonSchema = Record<string, unknown>

/** Why an operation may refuse, by status. */
const refusals = {
  400: 'A parameter cannot be used.',
  401: 'There is no token, or it is not valid (any more).',
  403: 'The token lacks the scope, which the answer names.',
  404: 'There is no such thing, or no data yet.',
  406: 'The answer is not to be had in what Accept allows.',
  429: 'Too many requests; Retry-After says how many seconds to wait.',
  500: 'A fault of the server.',
  503: 'The ledger cannot be reached at the moment.',
} as const

/** The OpenAPI 3.1 description of the operations, from the same schemas that check them. Pure. */
export function openApiDocument(operations: readonly Operation[], version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  const schemas: Record<string, unknown> = { Problem: jsonSchema(problemSchema, 'output', {}) }
  for (const operation of operations) paths[operation.path] = { get: describe(operation, schemas) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Oversight',
      version,
      summary: 'Reads levels in force, metrics, reviews, decisions, datasets and the audit trail.',
      description: 'Reading only. Every answer comes from one snapshot and the ledger as it stands.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of your account page.' } },
      schemas,
      responses: Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          `Problem${status}`,
          {
            description,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  }
}

function describe(operation: Operation, schemas: Record<string, unknown>): JsonSchema {
  const { id, summary, description, scope, params, query } = operation
  return {
    operationId: id,
    summary,
    description,
    security: [{ token: [scope] }],
    parameters: [...parameters(params, 'path', schemas), ...parameters(query, 'query', schemas)],
    responses: {
      200: {
        description: 'The answer.',
        headers: { ETag: { description: 'For If-None-Match.', schema: { type: 'string' } } },
        content:
          operation.kind === 'json'
            ? { 'application/json': { schema: jsonSchema(operation.response, 'output', schemas) } }
            : Object.fromEntries(operation.mediaTypes.map((type) => [type, {}])),
      },
      304: { description: 'Nothing changed since the answer with this ETag.' },
      ...Object.fromEntries(
        Object.keys(refusals).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
      ),
    },
  }
}

function parameters(of: z.ZodObject, place: 'path' | 'query', schemas: Record<string, unknown>): JsonSchema[] {
  const { properties = {}, required = [] } = jsonSchema(of, 'input', schemas) as {
    properties?: Record<string, JsonSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
}

/** JSON Schema of a schema; those that have a name of their own move into `schemas`. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): JsonSchema {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as JsonSchema
  for (const [name, defined] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
    const { id, ...body } = defined
    schemas[name] = relocated(body)
  }
  const { id, ...body } = rest
  if (typeof id !== 'string') return relocated(rest) as JsonSchema
  schemas[id] = relocated(body)
  return { $ref: `#/components/schemas/${id}` }
}

function relocated(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
