import { z } from 'zod'
import { changeRoles } from '#governance/accounts/change-roles.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { reauthenticate } from '#governance/accounts/reauthenticate.ts'
import { resetPassword } from '#governance/accounts/reset-password.ts'
import { rolesSchema } from '#governance/accounts/roles.ts'
import { setUserDisabled } from '#governance/accounts/set-user-disabled.ts'
import { recordTraining } from '#governance/accounts/training.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { type FormErrors, fieldErrors } from './form-errors.ts'
import { ledger } from './ledger.server.ts'
import { startSession } from './session.server.ts'

type Outcome<Done> = { errors: FormErrors } | (Done & { headers: Record<string, string> })

/** Of the admin, given again with every change. */
const password = z.string('Give your own password again.').min(1, 'Give your own password again.')
const firstPassword = z.string('Choose a first password.').min(1, 'Choose a first password.')

const personForm = z.object({
  email: z.email('This is not an e-mail address.').max(254),
  name: z.string().trim().min(1, 'Give the name that is printed on signatures.').max(120, 'At most 120 characters.'),
  roles: rolesSchema,
  firstPassword,
  password,
})
const rolesForm = z.object({ roles: rolesSchema, password })
const trainingForm = z.object({ trainedUntil: z.iso.date('Give the day as YYYY-MM-DD.'), password })
const resetForm = z.object({ firstPassword, password })
const passwordForm = z.object({ password })

interface AdminAction {
  form: FormData
  /** The admin. */
  by: string
}

/** Adds a person with a first password. Gives the reasons per field when the form cannot be read. */
export async function addPerson(request: Request, { form, by }: AdminAction): Promise<Outcome<{ id: string }>> {
  const parsed = personForm.safeParse(valuesOf(form))
  if (!parsed.success) return { errors: fieldErrors(parsed.error) }
  const { password, firstPassword, ...person } = parsed.data
  const { id } = await confirmed({ by, password }, (open) =>
    createUser(open, { ...person, password: firstPassword, by }, systemClock()),
  )
  return { id, headers: await renewed(request, by) }
}

/** One change of one person. Every change ends their sessions but that of a training. */
export async function changePerson(
  request: Request,
  { form, by, userId }: AdminAction & { userId: string },
): Promise<Outcome<object>> {
  const values = valuesOf(form)
  const run = async <Schema extends z.ZodType<{ password: string }>>(
    schema: Schema,
    work: (open: Ledger, parsed: z.output<Schema>) => Promise<unknown>,
  ): Promise<Outcome<object>> => {
    const parsed = schema.safeParse(values)
    if (!parsed.success) return { errors: fieldErrors(parsed.error) }
    await confirmed({ by, password: parsed.data.password }, (open) => work(open, parsed.data))
    return { headers: await renewed(request, by) }
  }
  switch (values.intent) {
    case 'roles':
      return run(rolesForm, (open, { roles }) => changeRoles(open, { userId, roles, by }, systemClock()))
    case 'training':
      return run(trainingForm, (open, { trainedUntil }) =>
        recordTraining(open, { userId, trainedUntil, by }, systemClock()),
      )
    case 'reset':
      return run(resetForm, (open, { firstPassword }) =>
        resetPassword(open, { userId, firstPassword, by }, systemClock()),
      )
    case 'disable':
    case 'enable':
      return run(passwordForm, (open) =>
        setUserDisabled(open, { userId, isDisabled: values.intent === 'disable', by }, systemClock()),
      )
    default:
      throw new OversightError('bad_input', 'This form is not known. Load the page again.')
  }
}

/** Runs a change after the admin's password was right. */
async function confirmed<Result>(
  admin: { by: string; password: string },
  work: (open: Ledger) => Promise<Result>,
): Promise<Result> {
  const open = await ledger()
  await reauthenticate(open, admin, systemClock())
  return work(open)
}

/** A new session id after the password was given again. */
async function renewed(request: Request, by: string): Promise<Record<string, string>> {
  return { 'Set-Cookie': await startSession(request, by) }
}

function valuesOf(form: FormData): Record<string, unknown> {
  return { ...Object.fromEntries(form), roles: form.getAll('roles').map(String) }
}
