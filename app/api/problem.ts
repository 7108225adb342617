import { z } from 'zod'
import { type ErrorCode, OversightError } from '#models/oversight-error.ts'
import { isOversightError, statusOf } from '../access.server.ts'

/** What went wrong, as RFC 9457 has it. */
export const problemSchema = z.object({
  type: z.string().describe('urn:oversight:problem: and the code; stable, for programs.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What happened and what to do, for people.'),
})
export type Problem = z.infer<typeof problemSchema>

type ProblemCode = ErrorCode | 'method_not_allowed' | 'not_acceptable' | 'too_many_requests'

const titles: Readonly<Record<ProblemCode, string>> = {
  bad_input: 'The request cannot be used',
  unauthenticated: 'No valid token',
  forbidden: 'The token may not read this',
  not_found: 'There is no such thing',
  conflict: 'The state does not allow this',
  load_refused: 'The load was refused',
  unavailable: 'Not available at the moment',
  trail_broken: 'The audit trail does not verify',
  internal: 'Something went wrong here',
  method_not_allowed: 'Only reading is possible',
  not_acceptable: 'Not in this format',
  too_many_requests: 'Too many requests',
}

const statuses: Partial<Record<ProblemCode, number>> = {
  method_not_allowed: 405,
  not_acceptable: 406,
  too_many_requests: 429,
}

export function problem(code: ProblemCode, detail: string): Problem {
  const status = statuses[code] ?? statusOf(code as ErrorCode)
  return { type: `urn:oversight:problem:${code}`, title: titles[code], status, detail }
}

/** The problem that an error is; of one that is not meant for people only that there was one. */
export function problemOf(error: unknown): Problem {
  if (isOversightError(error) && error.code !== 'internal') return problem(error.code, error.message)
  if (error instanceof Error && 'status' in error && error.status === 400) {
    return problem('bad_input', 'The address cannot be read.')
  }
  return problem('internal', 'This is a fault of ours. The log of the server says more.')
}

/** Reads parameters. Throws bad_input naming every one that cannot be used. */
export function parseParameters<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const reasons = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? `${message}.` : `${path.join('.')}: ${message}`,
  )
  throw new OversightError('bad_input', reasons.join(' '))
}
