import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { z } from 'zod'
import { listUsers } from '#governance/accounts/list-users.ts'
import { auditEventSchema } from '#governance/audit/audit-event.ts'
import { listAuditEvents } from '#governance/audit/list-audit-events.ts'
import { listCheckpoints } from '#governance/audit/list-checkpoints.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { countOf, formatCount } from '#models/format-metric.ts'
import { guarded, trailReaders } from '../access.server.ts'
import { withoutHiddenVotes } from '../audit-votes.server.ts'
import { AuditEvents } from '../components/audit/audit-events.tsx'
import { TrailState } from '../components/audit/trail-state.tsx'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { Pages } from '../components/pages.tsx'
import { EmptyState } from '../components/state.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'

export const handle: PageHandle = { nav: 'audit', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Audit trail')

const pageSize = 50

const filters = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  action: z.string().trim().catch(''),
  person: z.string().trim().catch(''),
  object: z.string().trim().catch(''),
})

const actions = auditEventSchema.options.map((option) => option.shape.action.value).sort()
const objectTypes = [...new Set(auditEventSchema.options.map((option) => option.shape.object.shape.type.value))].sort()

/** Everything that was ever done, newest first. ?verify=1 also checks the whole ledger, which takes a moment. */
export const loader = guarded(trailReaders, async ({ request, user }) => {
  const search = new URL(request.url).searchParams
  const { page, action, person, object } = filters.parse(Object.fromEntries(search))
  const open = await ledger()
  const split = object.indexOf(':')
  const { events, total } = await listAuditEvents(open, {
    page,
    pageSize,
    action: action === '' ? undefined : action,
    actorId: person === '' ? undefined : person,
    object: split < 1 ? undefined : { type: object.slice(0, split), id: object.slice(split + 1) },
  })
  const [checkpoint] = await listCheckpoints(open, 1)
  const people = await listUsers(open)
  return {
    events: await withoutHiddenVotes(events, user),
    total,
    page,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    chosen: { action, person, object },
    actions,
    objectTypes,
    people: people.map(({ id, name }) => ({ id, name })),
    checkpoint: checkpoint ?? null,
    report: search.get('verify') === '1' ? await verifyTrail(open) : null,
  }
})

export default function AuditTrail() {
  const view = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { chosen } = view
  const isFiltered = chosen.action !== '' || chosen.person !== '' || chosen.object !== ''
  return (
    <Page>
      <h1>Audit trail</h1>
      <p className="lead">
        Every change of state is an event, written together with what it changed. Events cannot be edited or removed
        without leaving a trace that anybody can find.
      </p>
      <TrailState report={view.report} checkpoint={view.checkpoint} />
      <section aria-labelledby="events">
        <div className="head">
          <h2 id="events">Events</h2>
          <p>
            {isFiltered
              ? `${countOf(view.total, 'event')} with these filters`
              : `${formatCount(view.total)}, newest first`}
          </p>
        </div>
        <Form method="get" className="filters" role="search" aria-label="Filter events">
          <label>
            <span>Event</span>
            <select className="field" name="action" defaultValue={chosen.action} key={`a${chosen.action}`}>
              <option value="">All</option>
              {view.actions.map((action) => (
                <option key={action} value={action}>
                  {action}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>Person</span>
            <select className="field" name="person" defaultValue={chosen.person} key={`p${chosen.person}`}>
              <option value="">Everybody</option>
              <option value="system">Oversight itself</option>
              {view.people.map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
            </select>
          </label>
          <label className="wide">
            <span>Object</span>
            <input
              className="field"
              name="object"
              list="objects"
              defaultValue={chosen.object}
              key={`o${chosen.object}`}
              placeholder="interaction_type:refund_request"
            />
            <datalist id="objects">
              {view.objectTypes.map((type) => (
                <option key={type} value={`${type}:`} />
              ))}
            </datalist>
          </label>
          <Button>Filter</Button>
          {isFiltered ? <Link to="/audit">Clear filters</Link> : null}
        </Form>
        {view.events.length === 0 ? (
          <EmptyState title="No event fits" actions={<Link to="/audit">Clear filters</Link>}>
            <p>No event with these filters was recorded.</p>
          </EmptyState>
        ) : (
          <AuditEvents
            events={view.events}
            search={search}
            people={view.people}
            signedSize={view.checkpoint?.size ?? 0}
          />
        )}
        <Pages page={view.page} pageCount={view.pageCount} search={search} />
      </section>
    </Page>
  )
}
