import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { guarded, readers } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { listDestinations } from '../destinations.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'
import { destinationKinds } from '../search/destination.ts'
import { matchDestinations } from '../search/match-destinations.ts'

export const handle: PageHandle = { month: 'search' }
export const meta: MetaFunction = () => pageTitle('Go to')

export const loader = guarded(readers, async ({ request, user }) => {
  const typed = (new URL(request.url).searchParams.get('q') ?? '').trim()
  const month = await chosenMonth(request)
  return { typed, month: month ?? null, found: matchDestinations(await listDestinations(user, month), typed) }
})

/** The command palette as a page: for browsers without JavaScript, and to link to. */
export default function Search() {
  const { typed, month, found } = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>Go to</h1>
      <Form className="form search gap" role="search">
        {month === null ? null : <input type="hidden" name="month" value={month} />}
        <TextField key={typed} label="Page, interaction type, review or month" name="q" defaultValue={typed} />
        <Button>Find</Button>
      </Form>
      {found.length === 0 ? (
        <section>
          <EmptyState title="Nothing found">
            <p>
              No page, interaction type, review or month that you may see is called “{typed}”.{' '}
              <Link to={month === null ? '/search' : `/search?month=${month}`}>List all</Link>
            </p>
          </EmptyState>
        </section>
      ) : (
        <div className="found">
          {destinationKinds.map(({ kind, title }) => {
            const ofKind = found.filter((destination) => destination.kind === kind)
            if (ofKind.length === 0) return null
            return (
              <section key={kind} aria-labelledby={kind}>
                <h2 id={kind}>{title}</h2>
                <ul>
                  {ofKind.map(({ name, note, href }) => (
                    <li key={href}>
                      <Link to={href}>{name}</Link> {kind === 'type' ? null : <span className="quiet">{note}</span>}
                    </li>
                  ))}
                </ul>
              </section>
            )
          })}
        </div>
      )}
    </Page>
  )
}
