import { Link, type MetaFunction, useLoaderData } from '@remix-run/react'
import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { MetricTable } from '../components/evidence/metric-table.tsx'
import { Page } from '../components/page.tsx'
import { AgreementSection } from '../components/quality/agreement-section.tsx'
import { CalibrationSection } from '../components/quality/calibration-section.tsx'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { getQuality } from '../quality.server.ts'
import { chosenMonth } from '../reporting-months.server.ts'
import { getReviewerAgreement, getReviewerCalibration, mayCalibrate } from '../reviewers.server.ts'

export const handle: PageHandle = { nav: 'quality', month: 'search' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Quality of oversight, ${formatMonth(data.view.month)}` : 'Quality of oversight')

export const loader = guarded(readers, async ({ request, user }) => {
  const month = await chosenMonth(request)
  if (month === undefined) return { view: null }
  const { months, types, all } = await getReviewerAgreement(month)
  return {
    view: {
      ...(await getQuality(month, new Date())),
      span: monthSpan(months),
      agreement: { types, all },
      // Field by field, as the page only hides: nobody else's answer holds single reviewers.
      calibration: mayCalibrate(user) ? await getReviewerCalibration(month) : null,
    },
  }
})

export default function Quality() {
  const { view } = useLoaderData<typeof loader>()
  return (
    <Page>
      <h1>Quality of oversight</h1>
      {view === null ? (
        <NoDataYet />
      ) : (
        <>
          <p className="lead">
            <strong>{view.lead.strong}</strong> {view.lead.rest}
          </p>
          <section aria-labelledby="by-type">
            <div className="head">
              <h2 id="by-type">How each type is watched</h2>
              <p>
                Types with AI contacts, AI alone and assisted together.{' '}
                <Link to={`/quality.csv?month=${view.month}`} reloadDocument>
                  CSV
                </Link>
              </p>
            </div>
            <MetricTable view={view.table} caption="Reviews by type" />
          </section>
          <AgreementSection span={view.span} month={view.month} {...view.agreement} />
          <CalibrationSection span={view.span} month={view.month} reviewers={view.calibration} />
          <Definitions definitions={view.definitions} />
        </>
      )}
    </Page>
  )
}
