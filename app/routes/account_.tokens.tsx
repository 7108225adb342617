import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { apiScopes, scopesOf } from '#governance/accounts/api-scopes.ts'
import { createApiToken } from '#governance/accounts/create-api-token.ts'
import { reauthenticate } from '#governance/accounts/reauthenticate.ts'
import { revokeApiToken } from '#governance/accounts/revoke-api-token.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { guarded, tokenMakers } from '../access.server.ts'
import { tokenView } from '../account/token-view.ts'
import { TokenForm } from '../components/account/token-form.tsx'
import { TokenTable } from '../components/account/token-table.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { fieldErrors } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { refusal } from '../refusal.server.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { startSession } from '../session.server.ts'
import { listVisibleTokens } from '../visible-tokens.server.ts'

export const handle: PageHandle = { nav: 'account', month: 'none' }
export const meta: MetaFunction = () => pageTitle('API tokens')

export const loader = guarded(tokenMakers, async ({ request, user }) => {
  const now = new Date()
  return {
    tokens: (await listVisibleTokens(user)).map((token) => tokenView(token, now)),
    scopes: scopesOf(user.roles),
    mayMakeMachines: user.roles.includes('admin'),
    timeZone: await reportingTimeZone(),
    isRevoked: new URL(request.url).searchParams.get('done') === 'revoked',
  }
})

const tokenForm = z.object({
  name: z.string().trim().min(1, 'Say what it is for.'),
  scope: z.array(z.enum(apiScopes)).min(1, 'Choose what the token may read.'),
  days: z.coerce.number().int().min(1),
  whose: z.enum(['machine', 'mine']).default('mine'),
  password: z.string().min(1, 'Give your password.'),
})

/** Makes a token and shows it in this answer alone, or ends one. */
export const action = guarded(tokenMakers, async ({ request, user }) => {
  const form = await request.formData()
  const open = await ledger()
  const revoked = form.get('revoke')
  if (typeof revoked === 'string') {
    await revokeApiToken(open, { tokenId: revoked, by: user.id }, systemClock())
    return redirect('/account/tokens?done=revoked')
  }
  const given = { ...Object.fromEntries(form), scope: form.getAll('scope') }
  const text = (name: string): string => String(form.get(name) ?? '')
  const values = { name: text('name'), days: text('days') || '90', scopes: given.scope.join(' '), whose: text('whose') }
  const parsed = tokenForm.safeParse(given)
  if (!parsed.success) return data({ values, errors: fieldErrors(parsed.error), secret: null }, { status: 400 })
  const { name, scope: scopes, days: validDays, whose, password } = parsed.data
  try {
    await reauthenticate(open, { by: user.id, password }, systemClock())
    const holderId = whose === 'machine' ? null : user.id
    const { secret } = await createApiToken(open, { name, scopes, validDays, holderId, by: user.id }, systemClock())
    // Whoever gave the password goes on under a new session id.
    return data(
      { values: {}, errors: undefined, secret },
      { headers: { 'Set-Cookie': await startSession(request, user.id) } },
    )
  } catch (error) {
    const refused = refusal(error, values)
    return data({ ...refused.data, secret: null }, { status: refused.init?.status ?? 400 })
  }
})

export default function Tokens() {
  const { tokens, scopes, mayMakeMachines, timeZone, isRevoked } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const secret = answer?.secret ?? null
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/account">Account</Link>
        <span aria-hidden="true">/</span>
        <span>API tokens</span>
      </nav>
      <h1>API tokens</h1>
      <p className="lead">
        <strong>A token lets a program read, without a password and without changing anything.</strong>{' '}
        {mayMakeMachines ? 'Your own' : 'It'} ends with its date, with your account, and with the role that it rests on
        {mayMakeMachines ? '; one of a machine with its date alone, as no account holds it' : ''}.{' '}
        <Link to="/api">What can be read</Link>
      </p>
      {secret === null ? null : (
        <div className="gap">
          <Notice kind="pass">
            <p>The token is made. It is shown this once: keep it like a password.</p>
            <p>
              <code className="secret">{secret}</code>
            </p>
          </Notice>
        </div>
      )}
      {isRevoked && answer === undefined ? (
        <div className="gap">
          <Notice kind="pass">The token is revoked. The next request with it is refused.</Notice>
        </div>
      ) : null}
      <section aria-labelledby="tokens">
        <div className="head">
          <h2 id="tokens">{mayMakeMachines ? "Your tokens and machines'" : 'Your tokens'}</h2>
          {tokens.length === 0 ? null : (
            <p>
              Newest first. <CsvLink to="/account/tokens.csv" what="tokens" />
            </p>
          )}
        </div>
        <TokenTable tokens={tokens} timeZone={timeZone} />
      </section>
      <section aria-labelledby="new">
        <div className="head">
          <h2 id="new">A new token</h2>
        </div>
        <TokenForm
          key={secret ?? 'none'}
          scopes={scopes}
          mayMakeMachines={mayMakeMachines}
          errors={answer?.errors}
          values={answer?.values ?? {}}
        />
      </section>
    </Page>
  )
}
