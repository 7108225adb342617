import { Link, type MetaFunction, useLoaderData } from '@remix-run/react'
import { formatCount, formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { getCatchLayer } from '../catch-layer.server.ts'
import { CsvLink } from '../components/csv-link.tsx'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { MetricTable } from '../components/evidence/metric-table.tsx'
import { Page } from '../components/page.tsx'
import { PagePart } from '../components/page-part.tsx'
import type { ReasonRow } from '../evidence/escalation-reasons.ts'
import { rowsHref, typeHref } from '../evidence/rows-href.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'

export const handle: PageHandle = { nav: 'catch-layer', month: 'search' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Catch layer, ${formatMonth(data.view.month)}` : 'Catch layer')

export const loader = guarded(readers, async ({ request }) => {
  const month = await chosenMonth(request)
  return { view: month === undefined ? null : await getCatchLayer(month, new Date()) }
})

export default function CatchLayer() {
  const { view } = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>Catch layer</h1>
      {view === null ? (
        <NoDataYet />
      ) : (
        <>
          <p className="lead">
            <strong>{view.lead.strong}</strong> {view.lead.rest}
          </p>
          <section aria-labelledby="reasons">
            <div className="head">
              <h2 id="reasons">Why the AI handed over</h2>
              <p>
                AI contacts with such an escalation; one with two reasons counts under both.{' '}
                <CsvLink to={`/catch-layer/reasons.csv?month=${view.month}`} what="escalations by reason" />
              </p>
            </div>
            <PagePart part={view.reasons} what="The reasons">
              {(rows) =>
                rows.length === 0 ? (
                  <p className="quiet">No AI contact of this month was escalated.</p>
                ) : (
                  <Reasons rows={rows} month={view.month} />
                )
              }
            </PagePart>
          </section>
          <section aria-labelledby="by-type">
            <div className="head">
              <h2 id="by-type">What is caught and what slips through, by type</h2>
              <p>
                <Link to={`/catch-layer.csv?month=${view.month}`} reloadDocument>
                  CSV
                </Link>
              </p>
            </div>
            <MetricTable view={view.table} caption="Escalations and creep by type" />
          </section>
          <Definitions definitions={view.definitions} />
        </>
      )}
    </Page>
  )
}

function Reasons({ rows, month }: { rows: readonly ReasonRow[]; month: string }) {
  const most = Math.max(...rows.map(({ contactCount }) => contactCount))
  const hrefOf = (interactionType: string | null, reason: ReasonRow['reason']) =>
    rowsHref({
      interactionType,
      month,
      metric: 'escalation_rate',
      cohort: 'ai_participated',
      part: 'numerator',
      detail: { reason },
    })
  return (
    <table className="register dense reasons">
      <caption className="hidden">Escalations by reason</caption>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col" className="num">
            AI contacts
          </th>
          <th scope="col">Most in</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ reason, word, contactCount, mostIn }) => (
          <tr key={reason}>
            <th scope="row">{capital(word)}</th>
            <td className="num" data-label="AI contacts">
              <svg viewBox="0 0 200 10" className="bar-mark" aria-hidden="true" focusable="false">
                <rect className="f-assisted" width={(contactCount / most) * 200} height="10" />
              </svg>
              <Link to={hrefOf(null, reason)}>{formatCount(contactCount)}</Link>
            </td>
            <td data-label="Most in">
              {mostIn.map((type, index) => (
                <span key={type.interactionType}>
                  {index === 0 ? '' : ', '}
                  <Link to={typeHref(type.interactionType, month)}>{type.interactionType}</Link>{' '}
                  <Link to={hrefOf(type.interactionType, reason)}>{formatCount(type.contactCount)}</Link>
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
