import type { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'

/** Reads the input of a use case. Throws bad_input naming every field that cannot be used. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
  throw new OversightError('bad_input', `${what} cannot be used. ${problems.join(' ')}`)
}
