import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { countOf } from '#models/format-metric.ts'
import { guarded, readers, trailReaders } from '../access.server.ts'
import { DecisionFilters } from '../components/decisions/decision-filters.tsx'
import { DecisionTable } from '../components/decisions/decision-table.tsx'
import { PendingStops } from '../components/decisions/pending-stops.tsx'
import { ScoreboardSection } from '../components/decisions/scoreboard-section.tsx'
import { Page } from '../components/page.tsx'
import { PagePart } from '../components/page-part.tsx'
import { Pages } from '../components/pages.tsx'
import { EmptyState } from '../components/state.tsx'
import { decisionFilters, decisionLead, filterDecisions } from '../decisions/decision-register.ts'
import { getDecisionRegister } from '../decisions.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { pagePart } from '../page-part.server.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { getScoreboard } from '../scoreboard.server.ts'

export const handle: PageHandle = { nav: 'decisions', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Decisions')

const pageSize = 50

export const loader = guarded(readers, async ({ request, user }) => {
  const chosen = decisionFilters.parse(Object.fromEntries(new URL(request.url).searchParams))
  const all = await getDecisionRegister()
  const timeZone = await reportingTimeZone()
  const found = filterDecisions(all, chosen)
  const pageCount = Math.max(1, Math.ceil(found.length / pageSize))
  const page = found.slice((chosen.page - 1) * pageSize, chosen.page * pageSize)
  const people = new Map(
    all.flatMap(({ signer, votes }) => [signer, ...votes.map(({ voter }) => voter)].map(({ id, name }) => [id, name])),
  )
  return {
    lead: decisionLead(all, timeZone),
    decisions: page,
    scoreboard: await pagePart('scoreboard', async () => {
      const { followUps, hitRate } = await getScoreboard(all)
      const decisions = page.flatMap((decision) => {
        const followed = followUps.get(decision.id)
        return followed === undefined ? [] : [{ decision, followUps: followed }]
      })
      return { hitRate, decisions }
    }),
    total: found.length,
    isEmpty: all.length === 0,
    pageCount,
    chosen,
    pending: all.filter(({ isPending }) => isPending),
    types: [...new Set(all.map(({ interactionType }) => interactionType))].sort(),
    months: [...new Set(all.flatMap(({ month }) => month ?? []))].sort().reverse(),
    kinds: [...new Set(all.map(({ kind }) => kind))].sort(),
    people: [...people].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
    timeZone,
    isApprover: user.roles.includes('approver'),
    maySeeTrail: trailReaders.some((role) => user.roles.includes(role)),
  }
})

export default function Decisions() {
  const view = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { chosen, decisions, timeZone } = view
  const isFiltered = Object.entries(chosen).some(([name, value]) => name !== 'page' && value !== '')
  return (
    <Page>
      <h1>Decisions</h1>
      {view.isEmpty ? (
        <EmptyState title="Nothing has been decided yet" actions={<Link to="/reviews">Go to the review room</Link>}>
          <p>The first decision of a type is its baseline. It is signed in the review room.</p>
        </EmptyState>
      ) : (
        <>
          <p className="lead">
            <strong>{view.lead.strong}</strong> {view.lead.rest}
          </p>
          <PendingStops stops={view.pending} timeZone={timeZone} mayApprove={view.isApprover} />
          <section aria-labelledby="register">
            <div className="head">
              <h2 id="register">Register</h2>
              <p>
                {isFiltered ? `${countOf(view.total, 'decision')} with these filters` : 'Newest first'}.{' '}
                <Link to={csvHref(search)} reloadDocument>
                  CSV
                </Link>
              </p>
            </div>
            <DecisionFilters
              chosen={chosen}
              types={view.types}
              months={view.months}
              kinds={view.kinds}
              people={view.people}
              isFiltered={isFiltered}
            />
            {decisions.length === 0 ? (
              <EmptyState title="No decision fits" actions={<Link to="/decisions">Clear filters</Link>}>
                <p>No decision with these filters was signed.</p>
              </EmptyState>
            ) : (
              <DecisionTable decisions={decisions} timeZone={timeZone} maySeeTrail={view.maySeeTrail} />
            )}
            <Pages page={chosen.page} pageCount={view.pageCount} search={search} />
          </section>
          <PagePart part={view.scoreboard} what="The scoreboard">
            {(scoreboard) => (
              <ScoreboardSection {...scoreboard} {...{ isFiltered, timeZone }} csvHref={csvHref(search)} />
            )}
          </PagePart>
        </>
      )}
    </Page>
  )
}

/** The file holds every row of the filters, not the page alone. */
function csvHref(search: URLSearchParams): string {
  const kept = new URLSearchParams(search)
  kept.delete('page')
  return kept.size === 0 ? '/decisions.csv' : `/decisions.csv?${kept}`
}
