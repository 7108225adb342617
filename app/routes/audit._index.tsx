import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { listUsers } from '#governance/accounts/list-users.ts'
import { auditEventSchema } from '#governance/audit/audit-event.ts'
import { listAuditEvents } from '#governance/audit/list-audit-events.ts'
import { listCheckpoints } from '#governance/audit/list-checkpoints.ts'
import { countOf } from '#models/format-metric.ts'
import { bundleReaders, guarded, trailReaders } from '../access.server.ts'
import { askedEvents, eventFilter, isFiltered } from '../audit/event-filter.ts'
import { withoutHiddenVotes } from '../audit-votes.server.ts'
import { AuditEvents } from '../components/audit/audit-events.tsx'
import { EventFilters } from '../components/audit/event-filters.tsx'
import { TrailState } from '../components/audit/trail-state.tsx'
import { Page } from '../components/page.tsx'
import { Pages } from '../components/pages.tsx'
import { EmptyState } from '../components/state.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { verifyTrailNow } from '../verify-trail.server.ts'

export const handle: PageHandle = { nav: 'audit', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Audit trail')

const pageSize = 50

const actions = auditEventSchema.options.map((option) => option.shape.action.value).sort()
const objectTypes = [...new Set(auditEventSchema.options.map((option) => option.shape.object.shape.type.value))].sort()

/** Everything that was ever done, newest first. ?verify=1 also checks the whole ledger, which takes a moment. */
export const loader = guarded(trailReaders, async ({ request, user }) => {
  const search = new URL(request.url).searchParams
  const { page, ...chosen } = eventFilter.parse(Object.fromEntries(search))
  const open = await ledger()
  const { events, total } = await listAuditEvents(open, { ...askedEvents(chosen), page, pageSize })
  const [checkpoint] = await listCheckpoints(open, 1)
  const people = await listUsers(open)
  return {
    events: await withoutHiddenVotes(events, user),
    total,
    page,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    chosen,
    actions,
    objectTypes,
    people: people.map(({ id, name }) => ({ id, name })),
    checkpoint: checkpoint ?? null,
    mayTakeBundle: bundleReaders.some((role) => user.roles.includes(role)),
    verification: search.get('verify') === '1' ? await verifyTrailNow() : null,
  }
})

export default function AuditTrail() {
  const view = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { chosen } = view
  const csv = new URLSearchParams(search)
  for (const name of ['page', 'verify']) csv.delete(name)
  return (
    <Page>
      <h1>Audit trail</h1>
      <p className="lead">
        Every change of state is an event, written together with what it changed. Events cannot be edited or removed
        without leaving a trace that anybody can find.
      </p>
      <TrailState verification={view.verification} checkpoint={view.checkpoint} mayTakeBundle={view.mayTakeBundle} />
      <section aria-labelledby="events">
        <div className="head">
          <h2 id="events">Events</h2>
          <p>
            {isFiltered(chosen)
              ? `${countOf(view.total, 'event')} with these filters`
              : `${countOf(view.total, 'event')}, numbered from 0, newest first`}
            .{' '}
            <Link to={csv.size === 0 ? '/audit/events.csv' : `/audit/events.csv?${csv}`} reloadDocument>
              CSV
            </Link>
          </p>
        </div>
        <EventFilters chosen={chosen} actions={view.actions} objectTypes={view.objectTypes} people={view.people} />
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
