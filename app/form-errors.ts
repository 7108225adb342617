import type { z } from 'zod'

/** What an action gives back when a form cannot be used: a reason per field, and one for the form as a whole. */
export interface FormErrors {
  fields: Readonly<Record<string, string>>
  form: string | null
}

/** The first reason of each field. */
export function fieldErrors(error: z.ZodError): FormErrors {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const name = issue.path.length === 0 ? '' : String(issue.path[0])
    fields[name] ??= issue.message
  }
  const { '': form = null, ...named } = fields
  return { fields: named, form }
}

export function formError(message: string): FormErrors {
  return { fields: {}, form: message }
}
