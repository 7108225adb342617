import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { guarded, readers, tokenMakers } from '../access.server.ts'
import { describeApi } from '../api/describe-api.server.ts'
import { Page } from '../components/page.tsx'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { runtime } from '../runtime.server.ts'

export const handle: PageHandle = { nav: 'datasets', month: 'none' }
export const meta: MetaFunction = () => pageTitle('API')

export const loader = guarded(readers, async ({ request, user }) => ({
  operations: describeApi(),
  origin: (runtime().environment.publicUrl ?? new URL(request.url)).origin,
  mayHoldToken: tokenMakers.some((role) => user.roles.includes(role)),
  tokenMakers,
}))

/** What programs may read, written from the same list that answers them. */
export default function Api() {
  const { operations, origin, mayHoldToken, tokenMakers } = useLoaderData<typeof loader>()
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/datasets">Datasets</Link>
        <span aria-hidden="true">/</span>
        <span>API</span>
      </nav>
      <h1>API</h1>
      <p className="lead">
        <strong>Everything here can be read by a program, with a token.</strong>{' '}
        {mayHoldToken ? (
          <Link to="/account/tokens">Make a token</Link>
        ) : (
          `Tokens are for these roles: ${tokenMakers.join(', ')}. Ask an admin.`
        )}
      </p>
      <section aria-labelledby="example">
        <div className="head">
          <h2 id="example">An example</h2>
        </div>
        <p>
          <code>
            curl -H &quot;Authorization: Bearer $OVERSIGHT_TOKEN&quot; {origin}/api/v1/metrics?metric=ai_error_rate
          </code>
        </p>
        <p className="quiet gap">
          For generators of clients and for Postman:{' '}
          <Link to="/api/v1/openapi.json" reloadDocument>
            the OpenAPI description
          </Link>
          . Answers carry an ETag: with If-None-Match they are 304 while nothing changed. Refusals are problems after
          RFC 9457, with a sentence that says what to do.
        </p>
      </section>
      {operations.map((operation) => (
        <section key={operation.id} aria-labelledby={operation.id}>
          <div className="head">
            <h2 id={operation.id}>{operation.summary}</h2>
            <p className="mono">{operation.scope}</p>
          </div>
          <p>
            <code>GET /api/v1{operation.path}</code>
          </p>
          <p className="soft measure">{operation.description}</p>
          {operation.parameters.length === 0 ? null : (
            <details className="twin">
              <summary>Parameters</summary>
              <table className="register dictionary">
                <caption className="hidden">Parameters of {operation.summary}</caption>
                <thead>
                  <tr>
                    <th scope="col">Parameter</th>
                    <th scope="col">What it says</th>
                  </tr>
                </thead>
                <tbody>
                  {operation.parameters.map(({ name, description }) => (
                    <tr key={name}>
                      <th scope="row" className="mono">
                        {name}
                      </th>
                      <td data-label="What it says" className={description === null ? 'empty' : 'text'}>
                        {description}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          )}
        </section>
      ))}
    </Page>
  )
}
