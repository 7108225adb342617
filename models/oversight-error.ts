/**
 * Every error that a person is meant to read. The code is stable and short, for machines; the message says
 * what happened, where (file, line, field) and what to do.
 */
export type ErrorCode =
  | 'bad_input' // a file, row, flag or form field that cannot be used; the caller can mend it
  | 'not_found'
  | 'conflict' // somebody or something was faster, or the state does not allow it
  | 'forbidden' // known person, not allowed
  | 'unauthenticated'
  | 'load_refused' // too many rejects or a failed audit: nothing was published
  | 'unavailable' // a server that we need (the PostgreSQL of the ledger) cannot be reached; try again later
  | 'trail_broken' // the audit trail does not verify
  | 'internal' // our own invariant failed

export class OversightError extends Error {
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string | number | boolean>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, string | number | boolean> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OversightError'
    this.code = code
    this.details = options.details ?? {}
  }
}
