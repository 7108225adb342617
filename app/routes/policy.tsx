import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listUsers } from '#governance/accounts/list-users.ts'
import { systemActor } from '#governance/ledger/system-actor.ts'
import { defaultCasesBeforeVote } from '#governance/policy/cases-before-vote.ts'
import { defaultDueDays } from '#governance/policy/due-days.ts'
import { listPolicyDrafts } from '#governance/policy/list-policy-drafts.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { countOf, formatInstant, formatMonth } from '#models/format-metric.ts'
import { guarded, readers } from '../access.server.ts'
import { CsvLink } from '../components/csv-link.tsx'
import { Page } from '../components/page.tsx'
import { Drafts } from '../components/policy/drafts.tsx'
import { GateRules } from '../components/policy/gate-rules.tsx'
import { SegmentRules } from '../components/policy/segment-rules.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { gateRules } from '../policy/gate-rules.ts'
import { segmentRules } from '../policy/segment-rules.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { getShownPolicy } from '../shown-policy.server.ts'

export const handle: PageHandle = { nav: 'policy', month: 'none' }
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data ? `Policy ${data.policy.version}` : 'Policy')

export const loader = guarded(readers, async ({ request, user }) => {
  const open = await ledger()
  const { shown, newest, published } = await getShownPolicy(new URL(request.url).searchParams)
  const names = new Map((await listUsers(open)).map(({ id, name }) => [id, name]))
  return {
    newest,
    policy: shown.policy,
    rules: gateRules(shown.policy),
    segments: segmentRules(shown.policy),
    hash: shown.contentSha256,
    effectiveMonth: shown.effectiveMonth,
    versions: published.map(({ policy, contentSha256, effectiveMonth, publishedAt, publishedBy }) => ({
      version: policy.version,
      name: policy.name,
      hash: contentSha256,
      effectiveMonth,
      publishedAt,
      publishedBy: publishedBy === systemActor.id ? 'Oversight itself' : (names.get(publishedBy) ?? publishedBy),
    })),
    drafts: (await listPolicyDrafts(open)).map(({ id, policy, reason, author, draftedAt, approvals, state }) => ({
      id,
      version: policy.version,
      reason,
      author: author.name,
      draftedAt,
      approvalCount: approvals.length,
      state,
    })),
    mayDraft: user.roles.some((role) => role === 'approver' || role === 'reviewer'),
    offersRecommended: newest < recommendedPolicy.version,
    timeZone: await reportingTimeZone(),
  }
})

export default function PolicyPage() {
  const view = useLoaderData<typeof loader>()
  const { policy, newest, rules, segments, hash, effectiveMonth, versions, timeZone } = view
  const { quorum } = policy
  const isNewest = policy.version === newest
  return (
    <Page>
      <div className="title">
        <h1>Policy {policy.version}</h1>
        {isNewest ? <Status kind="pass" word="Newest" /> : <Status kind="none" word="Replaced" />}
      </div>
      <p className="lead">
        <strong>
          {policy.name}: {countOf(rules.length, 'gate')}, all of which an expansion has to pass.
        </strong>{' '}
        Applies to {from(effectiveMonth)}, until another version takes over. A published version is never changed. There
        is no score that lets one gate outweigh another.
      </p>
      {isNewest ? null : (
        <p className="gap">
          <Link to="/policy">See the newest version</Link>
        </p>
      )}
      <Drafts {...view} />
      <section aria-labelledby="gates">
        <div className="head">
          <h2 id="gates">Gates</h2>
          <p>
            No data is inconclusive, never a pass.{' '}
            <CsvLink to={`/policy/tables/gates.csv?version=${policy.version}`} what="gates" />
          </p>
        </div>
        <GateRules rules={rules} />
      </section>
      {segments === null ? null : <SegmentRules rules={segments} version={policy.version} />}
      <div className="two uneven page-gap">
        <section aria-labelledby="signing">
          <div className="head">
            <h2 id="signing">Who signs, how long it holds</h2>
          </div>
          <dl className="facts record">
            <dt>To expand</dt>
            <dd>{countOf(quorum.expand, 'approver')}; any rejection blocks</dd>
            <dt>To keep</dt>
            <dd>{countOf(quorum.keep, 'approver')}, not the proposer</dd>
            <dt>To reduce</dt>
            <dd>{countOf(quorum.reduce, 'approver')} or the type owner, in force at once</dd>
            <dt>First level</dt>
            <dd>{countOf(quorum.baseline, 'approver')}, not the owner</dd>
            <dt>Evidence window</dt>
            <dd>{countOf(policy.windowMonths, 'month')}: the evidence month and those before it</dd>
            <dt>Evidence opens</dt>
            <dd>{countOf(policy.maturityDays, 'day')} after the end of the month</dd>
            <dt>Decisions are due</dt>
            <dd>{countOf(policy.dueDays ?? defaultDueDays, 'day')} after the review opens</dd>
            <dt>A decision holds</dt>
            <dd>{countOf(policy.validityMonths, 'month')}, then it has to be renewed</dd>
            <dt>After a change of level</dt>
            <dd>{countOf(policy.bakeMonths, 'month')} of bake time before the next expansion</dd>
            <dt>Before voting</dt>
            <dd>
              {countOf(policy.casesBeforeVote ?? defaultCasesBeforeVote, 'failed contact')}, drawn at random, opened;
              not to reduce
            </dd>
            <dt>Password again</dt>
            <dd>with every signature</dd>
            {policy.evidenceLapse === undefined ? null : (
              <>
                <dt>Evidence lapses</dt>
                <dd>
                  {countOf(policy.evidenceLapse.months, 'inconclusive month')} in a row on the loop recommend a
                  reduction
                </dd>
              </>
            )}
          </dl>
        </section>
        <section aria-labelledby="missing">
          <div className="head">
            <h2 id="missing">Not judged yet</h2>
            <p>{policy.missingGates.length === 0 ? null : countOf(policy.missingGates.length, 'check')}</p>
          </div>
          {policy.missingGates.length === 0 ? (
            <EmptyState title="Nothing is missing">
              <p>Every check of the method is built into this version.</p>
            </EmptyState>
          ) : (
            <>
              <p className="soft measure">Nobody looks at these, so their silence is no pass.</p>
              <ul className="missing hanging">
                {policy.missingGates.map(({ gate, what }) => (
                  <li key={`${gate} ${what}`}>
                    <b>{gate}</b> {what}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
      <section aria-labelledby="versions">
        <div className="head">
          <h2 id="versions">Versions</h2>
          <p>
            Every frozen evidence names the version that judged it.{' '}
            <CsvLink to="/policy/tables/versions.csv" what="versions" />
          </p>
        </div>
        <table className="register">
          <caption className="hidden">Published versions, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Applies to</th>
              <th scope="col">Published</th>
              <th scope="col">By</th>
              <th scope="col">sha256</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.version}>
                <th scope="row">
                  <Link
                    to={`/policy?version=${version.version}`}
                    aria-current={version.hash === hash ? 'true' : undefined}
                  >
                    Version {version.version}
                  </Link>
                  <span className="sub">{version.name}</span>
                </th>
                <td data-label="Applies to">{from(version.effectiveMonth)}</td>
                <td data-label="Published" className="nowrap">
                  {formatInstant(version.publishedAt, timeZone)}
                </td>
                <td data-label="By">{version.publishedBy}</td>
                <td className="hash">{version.hash}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  )
}

/** The first policy has no first month: whatever is older than the installation is judged by it too. */
function from(effectiveMonth: string): string {
  return effectiveMonth <= '1970-01' ? 'every evidence month' : `evidence months from ${formatMonth(effectiveMonth)} on`
}
