import { data } from '@remix-run/node'
import { isOversightError, statusOf } from './access.server.ts'
import { formError } from './form-errors.ts'

/**
 * What a form's action answers when a use case refuses: the reason at the form, or at the password when that was wrong.
 * `values` are shown again, so no password among them. Throws what is not meant for people.
 */
export function refusal<Values extends Readonly<Record<string, string>>>(error: unknown, values: Values) {
  if (!isOversightError(error) || error.code === 'internal') throw error
  // A wrong password is a mistake in a field, not the end of the session.
  const errors =
    error.code === 'unauthenticated' ? { fields: { password: error.message }, form: null } : formError(error.message)
  return data({ values, errors }, { status: statusOf(error.code) })
}
