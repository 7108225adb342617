import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { guarded, readers } from '../access.server.ts'
import { BreakdownTable } from '../components/evidence/breakdown-table.tsx'
import { ChartFigure } from '../components/evidence/chart-figure.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { TypeTabs } from '../components/evidence/type-tabs.tsx'
import { Page } from '../components/page.tsx'
import { FailedPart } from '../components/page-part.tsx'
import { filterWords } from '../evidence/filter/evidence-filter.ts'
import { useScope } from '../evidence/filter/use-scope.ts'
import { metricDefinitions } from '../evidence/metric-definitions.ts'
import { breakdownForPage } from '../evidence/outcomes/breakdown.ts'
import { chartForPage } from '../evidence/type/chart-view.ts'
import { typeFileHref } from '../evidence/type/type-file-href.ts'
import { getOutcomes } from '../outcomes.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { typeScope } from '../type-scope.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data === undefined ? 'Outcomes' : `${data.interactionType}, outcomes`)

export const loader = guarded(readers, async ({ request, params }) => {
  const month = await requiredMonth(request)
  const { filter, bar } = await typeScope(new URL(request.url).searchParams)
  const view = await getOutcomes(params.type ?? '', month, filter, new Date())
  return {
    ...view,
    bar,
    only: filterWords(filter),
    sections: view.sections.map(({ chart, tables, ...section }) => ({
      ...section,
      chart: chart === null ? null : chartForPage(chart),
      tables: tables.map(breakdownForPage),
    })),
    definitions: metricDefinitions([
      'claimed_resolution_rate',
      'contained_resolution_rate',
      'confirmed_resolution_rate',
      'durable_resolution_rate',
      'resolution_gap',
      'ai_error_rate',
      'escalation_rate',
      'unexpected_escalation_rate',
      'repeat_contact_rate_48h',
      'one_contact_chain_rate',
      'csat_satisfied_rate',
      'csat_response_rate',
    ]),
  }
})

export default function Outcomes() {
  const { interactionType, month, windowText, sections, definitions, bar, only } = useLoaderData<typeof loader>()
  const scope = useScope(month)
  const fileHref = typeFileHref(interactionType, 'outcomes', scope)
  return (
    <Page chips={<FilterBar view={bar} />}>
      <TypeTabs interactionType={interactionType} scope={scope} current="outcomes" />
      <h1>{interactionType}: what became of it</h1>
      <p className="soft">
        AI contacts unless a line says otherwise, {windowText} together. An underlined count opens its contacts.
      </p>
      {only === '' ? null : (
        <p className="filter-note">
          Everything here is of {only} only; flags and levels in charts are of the whole type.
        </p>
      )}
      <nav className="jumps" aria-label="On this page">
        {sections.map(({ id, heading }) => (
          <a key={id} href={`#${id}`}>
            {heading}
          </a>
        ))}
      </nav>
      {sections.map(({ id, heading, lead, chart, tables, isBeside, failedAt }) => (
        <section key={id} aria-labelledby={id} className="outcome">
          <div className="head">
            <h2 id={id}>{heading}</h2>
          </div>
          {failedAt !== undefined ? (
            <FailedPart what="The answer" failedAt={failedAt} />
          ) : (
            <p className="measure">
              <strong>{lead.strong}</strong> {lead.rest}
            </p>
          )}
          <div className={isBeside ? 'parts beside-parts' : 'parts'}>
            {tables.map((table) => (
              <BreakdownTable key={table.id} table={table} fileHref={fileHref} />
            ))}
            {chart === null ? null : <ChartFigure chart={chart} fileHref={fileHref} />}
          </div>
        </section>
      ))}
      <Definitions definitions={definitions} />
    </Page>
  )
}
