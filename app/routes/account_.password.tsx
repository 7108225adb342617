import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { changePassword } from '#governance/accounts/change-password.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { guarded, isOversightError, readers } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { type FormErrors, fieldErrors } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { refusal } from '../refusal.server.ts'
import { currentSession, startSession } from '../session.server.ts'

export const handle: PageHandle = { nav: 'account', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Password')

export const loader = guarded(readers, async ({ request, user }) => ({
  email: user.email,
  mustChange: (await currentSession(request))?.mustChangePassword ?? false,
}))

const passwordForm = z
  .object({
    password: z.string('Give your present password.').min(1, 'Give your present password.'),
    newPassword: z.string('Choose a new password.').min(1, 'Choose a new password.'),
    again: z.string('Give the new password twice.').min(1, 'Give the new password twice.'),
  })
  .refine(({ newPassword, again }) => newPassword === again, {
    path: ['again'],
    message: 'The two new passwords differ. Nothing was changed.',
  })

/** Every session of the person ends, this one too: it goes on under a new id. */
export const action = guarded(readers, async ({ request, user }) => {
  const parsed = passwordForm.safeParse(Object.fromEntries(await request.formData()))
  const refuse = (errors: FormErrors) => data({ values: {}, errors }, { status: 400 })
  if (!parsed.success) return refuse(fieldErrors(parsed.error))
  try {
    const { password, newPassword } = parsed.data
    await changePassword(await ledger(), { by: user.id, password, newPassword }, systemClock())
    const headers = { 'Set-Cookie': await startSession(request, user.id) }
    return redirect('/account?done=password', { headers })
  } catch (error) {
    if (isOversightError(error) && error.code === 'bad_input') {
      return refuse({ fields: { newPassword: error.message }, form: null })
    }
    return refusal(error, {})
  }
})

export default function Password() {
  const { email, mustChange } = useLoaderData<typeof loader>()
  const errors = useActionData<typeof action>()?.errors
  return (
    <Page>
      {mustChange ? null : (
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link to="/account">Account</Link>
        </nav>
      )}
      <h1>{mustChange ? 'Set your own password' : 'Change your password'}</h1>
      <p className="lead">
        {mustChange ? (
          <>
            <strong>An admin chose the password that you signed in with.</strong> Whoever knows a password can sign with
            it, so nothing else opens before you set one that only you know.
          </>
        ) : (
          'Every other session ends. Signatures that you gave stay as they are.'
        )}
      </p>
      <Form method="post" className="form plain-form" noValidate>
        {errors?.form ? <Notice kind="fail">{errors.form}</Notice> : null}
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
        <TextField
          label="Present password"
          name="password"
          type="password"
          autoComplete="current-password"
          error={errors?.fields.password}
          required
        />
        <TextField
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint="8 characters or more; 15 or more are recommended. Several words that do not belong together are best."
          error={errors?.fields.newPassword}
          required
        />
        <TextField
          label="New password again"
          name="again"
          type="password"
          autoComplete="new-password"
          error={errors?.fields.again}
          required
        />
        <div className="actions">
          <Button look="primary">Set the password</Button>
        </div>
      </Form>
    </Page>
  )
}
