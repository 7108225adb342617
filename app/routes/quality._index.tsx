import { Link, type MetaFunction, useLoaderData } from '@remix-run/react'
import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { Definitions } from '../components/evidence/definitions.tsx'
import { MetricTable } from '../components/evidence/metric-table.tsx'
import { Page } from '../components/page.tsx'
import { PagePart } from '../components/page-part.tsx'
import { AgreementSection } from '../components/quality/agreement-section.tsx'
import { CalibrationSection } from '../components/quality/calibration-section.tsx'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { pagePart } from '../page-part.server.ts'
import { getQuality } from '../quality.server.ts'
import { chosenMonth } from '../reporting-months.server.ts'
import { calibrationMonths, getReviewerAgreement, getReviewerCalibration, mayCalibrate } from '../reviewers.server.ts'

export const handle: PageHandle = { nav: 'quality', month: 'search' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data?.view ? `Quality of oversight, ${formatMonth(data.view.month)}` : 'Quality of oversight')

export const loader = guarded(readers, async ({ request, user }) => {
  const month = await chosenMonth(request)
  if (month === undefined) return { view: null }
  return {
    view: {
      ...(await getQuality(month, new Date())),
      agreement: await pagePart('reviewer agreement', () => getReviewerAgreement(month)),
      // Nobody else's answer holds single reviewers: the page would only hide them.
      calibration: await pagePart('reviewer calibration', async () =>
        mayCalibrate(user) ? await getReviewerCalibration(month) : null,
      ),
      span: monthSpan(calibrationMonths(month)),
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
          <PagePart part={view.agreement} what="Whether reviewers agree">
            {(agreement) => <AgreementSection span={view.span} month={view.month} {...agreement} />}
          </PagePart>
          <PagePart part={view.calibration} what="The calibration of reviewers">
            {(reviewers) => <CalibrationSection span={view.span} month={view.month} reviewers={reviewers} />}
          </PagePart>
          <Definitions definitions={view.definitions} />
        </>
      )}
    </Page>
  )
}
