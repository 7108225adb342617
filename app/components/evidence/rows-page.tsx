import { Link } from '@remix-run/react'
import { countOf, formatMonth } from '#models/format-metric.ts'
import { writeEvidenceFilter } from '../../evidence/filter/evidence-filter.ts'
import type { FilterBarView } from '../../evidence/filter/filter-menus.ts'
import type { RowsView } from '../../evidence/interactions/rows-view.ts'
import { typeHref } from '../../evidence/rows-href.ts'
import { Page } from '../page.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { SortHead } from '../sort-head.tsx'
import { EmptyState } from '../state.tsx'
import { FilterBar } from './filter-bar.tsx'

/** The rows behind a number: what is counted, how many, and each of them. */
export function RowsPage({ view }: { view: RowsView & { mayExport: boolean; bar: FilterBarView } }) {
  const { interactionType, month, filter } = view
  const scope = `?${writeEvidenceFilter(new URLSearchParams({ month }), filter)}`
  return (
    <Page chips={<FilterBar view={view.bar} />}>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to={`${interactionType === null ? '/overview' : '/types'}${scope}`}>
          {interactionType === null ? 'Overview' : 'Interaction types'}
        </Link>
        <span aria-hidden="true">/</span>
        {interactionType === null ? (
          <span>All types</span>
        ) : (
          <Link to={typeHref(interactionType, month, filter)}>{interactionType}</Link>
        )}
      </nav>
      <h1>{view.heading}</h1>
      <p className="lead">
        <strong>{view.definition}</strong>
      </p>
      {view.parts.length === 0 ? null : (
        <nav className="switch" aria-label="Part of the number">
          {view.parts.map((part) => (
            <Link
              key={part.part}
              to={part.href}
              className={part.isCurrent ? 'chip on' : 'chip'}
              aria-current={part.isCurrent ? 'true' : undefined}
            >
              {part.label}
            </Link>
          ))}
        </nav>
      )}
      {view.rows.length === 0 ? (
        <Nothing view={view} month={month} />
      ) : (
        <>
          <div className="head">
            <p className="quiet">
              {view.firstRow} to {view.lastRow} of {view.total}, {view.sortText}
            </p>
            {view.mayExport ? (
              <p>
                <Link to={view.csvHref} reloadDocument>
                  CSV of all {view.total}
                </Link>
              </p>
            ) : (
              <p className="quiet">As a file: for analysts and auditors</p>
            )}
          </div>
          <ScrollRegion label="Contacts" head="region">
            <RowsTable view={view} isOfAllTypes={interactionType === null} />
          </ScrollRegion>
          <Pager view={view} />
        </>
      )}
      <details className="more page-gap">
        <summary>Why it is counted this way</summary>
        <p className="soft measure gap">{view.why}</p>
      </details>
    </Page>
  )
}

function Nothing({ view, month }: { view: RowsView; month: string }) {
  if (view.page <= view.pageCount || view.total === '0') {
    return (
      <EmptyState title="No contacts are counted here">
        <p>Nothing in {formatMonth(month)} fits this definition.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="The list ends before this page">
      <p>
        It has {countOf(view.pageCount, 'page')}.{' '}
        {view.previousHref === null ? null : <Link to={view.previousHref}>Go to the last one</Link>}
      </p>
    </EmptyState>
  )
}

function RowsTable({ view, isOfAllTypes }: { view: RowsView; isOfAllTypes: boolean }) {
  const { rows, sorts } = view
  return (
    <table className="contacts register">
      <caption className="hidden">Contacts, {view.sortText}</caption>
      <thead>
        <tr>
          <th scope="col">Contact</th>
          {isOfAllTypes ? <SortHead sort={sorts.interaction_type}>Type</SortHead> : null}
          <SortHead sort={sorts.started_at}>Started</SortHead>
          <SortHead sort={sorts.channel}>Channel</SortHead>
          <SortHead sort={sorts.handled_by}>Handled by</SortHead>
          <SortHead sort={sorts.ai_version}>AI version</SortHead>
          <SortHead sort={sorts.is_error}>Review</SortHead>
          <SortHead sort={sorts.is_escalated}>Escalated</SortHead>
          <SortHead sort={sorts.repeat_gap_seconds}>Repeat</SortHead>
          <SortHead sort={sorts.csat_score} look="num">
            CSAT
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.source} ${row.interactionId}`}>
            <th scope="row">
              {row.url === null ? (
                <span className="mono">{row.interactionId}</span>
              ) : (
                <a className="mono" href={row.url} rel="noreferrer">
                  {row.interactionId}
                </a>
              )}
              <span className="quiet"> {row.source}</span>
            </th>
            {isOfAllTypes ? (
              <td data-label="Type">
                <Link to={row.typeHref}>{row.interactionType}</Link>
              </td>
            ) : null}
            <td data-label="Started" className="nowrap">
              {row.startedAt}
            </td>
            <td data-label="Channel">{row.channel}</td>
            <td data-label="Handled by">{row.handledBy}</td>
            <td data-label="AI version">{row.aiVersion}</td>
            <Optional label="Review" text={row.review} none="not reviewed" look={row.isError ? '' : 'soft'} />
            <Optional label="Escalated" text={row.escalated} none="no" look="soft" />
            <Optional label="Repeat" text={row.repeat} none="no" look="soft" />
            <Optional label="CSAT" text={row.csat} none="no answer" look="num" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A dash where there is nothing; on narrow screens, where a row is a block, no line at all. */
function Optional({ label, text, none, look }: { label: string; text: string | null; none: string; look: string }) {
  if (text !== null) {
    return (
      <td data-label={label} className={look}>
        {text}
      </td>
    )
  }
  return (
    <td data-label={label} className={`${look} quiet empty`.trim()}>
      <span aria-hidden="true">–</span>
      <span className="hidden">{none}</span>
    </td>
  )
}

function Pager({ view }: { view: RowsView }) {
  return (
    <nav className="pager" aria-label="Pages">
      <span className="quiet">
        {view.firstRow} to {view.lastRow} of {view.total}
      </span>
      {view.previousHref === null ? null : (
        <Link to={view.previousHref} rel="prev">
          Previous
        </Link>
      )}
      {view.nextHref === null ? null : (
        <Link to={view.nextHref} rel="next">
          Next
        </Link>
      )}
    </nav>
  )
}
