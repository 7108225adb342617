import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { findUser } from '#governance/accounts/find-user.ts'
import { hasFirstPassword } from '#governance/accounts/first-password.ts'
import { listTrainedUntil } from '#governance/accounts/training.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded } from '../access.server.ts'
import { changePerson } from '../admin-actions.server.ts'
import { OwnPassword } from '../components/admin/own-password.tsx'
import { RoleChoices } from '../components/admin/role-choices.tsx'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { State } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { refusal } from '../refusal.server.ts'

export const handle: PageHandle = { nav: 'admin', month: 'none' }
export const meta: MetaFunction<typeof loader> = ({ data }) => pageTitle(data?.person.name ?? 'Person')

export const loader = guarded(['admin'], async ({ request, params, user }) => {
  const open = await ledger()
  const person = await findUser(open, { id: params.id ?? '' })
  if (person === undefined) throw new OversightError('not_found', 'There is no such account.')
  return {
    person,
    isSelf: person.id === user.id,
    trainedUntil: (await listTrainedUntil(open.db)).get(person.id) ?? null,
    hasFirstPassword: await hasFirstPassword(open.db, person.id),
    done: new URL(request.url).searchParams.get('done'),
  }
})

export const action = guarded(['admin'], async ({ request, params, user }) => {
  const form = await request.formData()
  const userId = params.id ?? ''
  const values = {
    intent: String(form.get('intent') ?? ''),
    roles: form.getAll('roles').join(','),
    trainedUntil: String(form.get('trainedUntil') ?? ''),
  }
  try {
    const outcome = await changePerson(request, { form, by: user.id, userId })
    if ('errors' in outcome) return data({ values, errors: outcome.errors }, { status: 400 })
    return redirect(`/admin/${userId}?done=${values.intent}`, { headers: outcome.headers })
  } catch (error) {
    return refusal(error, values)
  }
})

const doneWords: Readonly<Record<string, string>> = {
  add: 'Added. Tell them the first password; they set their own when they sign in.',
  roles: 'The roles were changed, and their sessions ended.',
  training: 'The training was recorded.',
  reset: 'The password was replaced, and their sessions ended. Tell them the first password.',
  disable: 'The account is closed, and its sessions ended. What the person signed stays.',
  enable: 'The account is open again.',
}

export default function Person() {
  const { person, isSelf, trainedUntil, hasFirstPassword, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const said = answer === undefined && done !== null ? doneWords[done] : undefined
  const errorsOf = (intent: string) => (answer?.values.intent === intent ? answer.errors : undefined)
  const switching = person.isDisabled ? 'enable' : 'disable'
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/admin">People</Link>
      </nav>
      <div className="title">
        <h1>{person.name}</h1>
        {person.isDisabled ? <Status kind="none" word="Closed" /> : <Status kind="pass" word="Open" />}
      </div>
      <p className="lead">
        {person.email}, {person.roles.length === 1 ? 'role' : 'roles'} {person.roles.join(', ')}.{' '}
        {hasFirstPassword ? 'Has not set an own password yet, so can sign nothing.' : ''}
      </p>
      {said === undefined ? null : (
        <div className="gap">
          <Notice kind="pass">{said}</Notice>
        </div>
      )}
      {isSelf ? (
        <State icon="none" title="This is you">
          <p>
            Nobody changes their own rights: another admin does. Your password is on the{' '}
            <Link to="/account">account page</Link>.
          </p>
        </State>
      ) : (
        <>
          {person.isDisabled ? null : (
            <>
              <Change intent="roles" title="Roles" errors={errorsOf('roles')} button="Change the roles">
                <RoleChoices
                  held={errorsOf('roles') === undefined ? person.roles : (answer?.values.roles?.split(',') ?? [])}
                  error={errorsOf('roles')?.fields.roles}
                />
              </Change>
              <Change intent="training" title="Training to oversee" errors={errorsOf('training')} button="Record it">
                <TextField
                  label="Trained until"
                  name="trainedUntil"
                  type="date"
                  defaultValue={answer?.values.trainedUntil || (trainedUntil ?? '')}
                  hint="The last day. After it the person approves nothing but reductions. A day in the past ends it."
                  error={errorsOf('training')?.fields.trainedUntil}
                  required
                />
              </Change>
              <Change
                intent="reset"
                title="Forgotten password"
                errors={errorsOf('reset')}
                button="Replace the password"
              >
                <TextField
                  label="First password"
                  name="firstPassword"
                  type="password"
                  autoComplete="new-password"
                  hint="Tell it to the person. It opens nothing but the page on which they set their own."
                  error={errorsOf('reset')?.fields.firstPassword}
                  required
                />
              </Change>
            </>
          )}
          <Change
            intent={switching}
            title={person.isDisabled ? 'Open the account again' : 'Close the account'}
            errors={errorsOf(switching)}
            button={person.isDisabled ? 'Open it' : 'Close it'}
            isDanger={!person.isDisabled}
          >
            <p className="soft">
              {person.isDisabled
                ? 'The person can sign in again with the roles above.'
                : 'The person is signed out everywhere at once and cannot sign in. Their signatures stay valid.'}
            </p>
          </Change>
        </>
      )}
    </Page>
  )
}

interface ChangeProps {
  intent: string
  title: string
  errors: { fields: Readonly<Record<string, string>>; form: string | null } | undefined
  button: string
  isDanger?: boolean
  children: ReactNode
}

/** One change with its form; each is signed with the admin's own password. */
function Change({ intent, title, errors, button, isDanger = false, children }: ChangeProps) {
  return (
    <section aria-labelledby={`change-${intent}`}>
      <div className="head">
        <h2 id={`change-${intent}`}>{title}</h2>
      </div>
      <Form method="post" className="form" noValidate>
        {errors?.form ? <Notice kind="fail">{errors.form}</Notice> : null}
        {children}
        <OwnPassword id={intent} error={errors?.fields.password} />
        <div className="actions">
          <Button name="intent" value={intent} {...(isDanger ? { look: 'danger' as const } : {})}>
            {button}
          </Button>
        </div>
      </Form>
    </section>
  )
}
