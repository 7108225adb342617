import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { authenticate } from '#governance/accounts/authenticate.ts'
import { listUsers } from '#governance/accounts/list-users.ts'
import { demonstrationAccounts, demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { isOversightError, localPath, open } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { type FormErrors, fieldErrors, formError } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { pageTitle } from '../page-handle.ts'
import { runtime } from '../runtime.server.ts'
import { currentSession, startSession } from '../session.server.ts'
import { countFailedSignIn, isAddressPaused } from '../sign-in-limit.server.ts'

export const meta: MetaFunction = () => pageTitle('Sign in')

export const loader = open(async ({ request }) => {
  const target = localPath(new URL(request.url).searchParams.get('to'))
  if ((await currentSession(request)) !== undefined) throw redirect(target)
  const users = await listUsers(await ledger())
  const { isDemonstration } = runtime().home
  const known = new Set(users.filter((user) => user.isDemonstration && !user.isDisabled).map((user) => user.email))
  return {
    hasAccounts: users.some((user) => isDemonstration || !user.isDemonstration),
    demonstration: isDemonstration
      ? {
          password: demonstrationPassword,
          accounts: demonstrationAccounts.filter((account) => known.has(account.email)),
        }
      : null,
  }
})

const signIn = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail address.'),
  password: z.string().min(1, 'Enter your password.'),
})

export const action = open(async ({ request }) => {
  const form = Object.fromEntries(await request.formData())
  const email = typeof form.email === 'string' ? form.email : ''
  const refuse = (errors: FormErrors, status: number) => data({ errors, email }, { status })
  const parsed = signIn.safeParse(form)
  if (!parsed.success) return refuse(fieldErrors(parsed.error), 400)
  if (isAddressPaused()) {
    return refuse(formError('Too many failed sign-ins from your network address. Wait a quarter of an hour.'), 429)
  }
  try {
    const allowDemonstration = runtime().home.isDemonstration
    const user = await authenticate(await ledger(), { ...parsed.data, allowDemonstration }, systemClock())
    const target = localPath(new URL(request.url).searchParams.get('to'))
    return redirect(target, { headers: { 'Set-Cookie': await startSession(request, user.id) } })
  } catch (error) {
    if (isOversightError(error) && error.code === 'unauthenticated') {
      countFailedSignIn()
      return refuse(formError(error.message), 401)
    }
    throw error
  }
})

export default function SignInPage() {
  const { hasAccounts, demonstration } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <main id="main" tabIndex={-1}>
      <h1>Sign in</h1>
      <p className="lead">Decide how much the AI may do, on evidence that holds.</p>
      <Form method="post" className="sign-in" noValidate>
        {answer?.errors.form ? <Notice kind="fail">{answer.errors.form}</Notice> : null}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          defaultValue={answer?.email}
          error={answer?.errors.fields.email}
          required
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          error={answer?.errors.fields.password}
          required
        />
        <Button look="primary">Sign in</Button>
      </Form>
      {hasAccounts ? null : <FirstAccount />}
      {demonstration === null || demonstration.accounts.length === 0 ? null : (
        <section className="accounts" aria-labelledby="accounts">
          <h2 id="accounts">Demonstration accounts</h2>
          <p className="soft">
            Invented data and people. Every password is <code>{demonstration.password}</code>
          </p>
          <ul>
            {demonstration.accounts.map((account) => (
              <li key={account.email}>
                <span>
                  <b>{account.name}</b>
                  <small>{account.purpose}</small>
                  <small className="mono">{account.email}</small>
                </span>
                <Form method="post">
                  <input type="hidden" name="email" value={account.email} />
                  <input type="hidden" name="password" value={demonstration.password} />
                  <Button size="small" aria-label={`Sign in as ${account.name}`}>
                    Sign in
                  </Button>
                </Form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

function FirstAccount() {
  return (
    <section className="accounts" aria-labelledby="first">
      <h2 id="first">Nobody has an account yet</h2>
      <p className="soft">Whoever runs this installation makes the first one on its command line:</p>
      <pre className="command">
        npm run -s oversight -- user add --email you@example.org --name &quot;Your name&quot; --role approver
      </pre>
      <p className="soft">Add --home and the folder if this server was started with one.</p>
    </section>
  )
}
