import { Link } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import type { ContactRow, RowsView } from '../../evidence/interactions/rows-view.ts'
import { typeHref } from '../../evidence/rows-href.ts'
import { Page } from '../page.tsx'
import { EmptyState } from '../state.tsx'

/** The rows behind a number: what is counted, how many, and each of them. */
export function RowsPage({ view }: { view: RowsView }) {
  const { interactionType, month } = view
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to={`/overview?month=${month}`}>Overview</Link>
        <span aria-hidden="true">/</span>
        {interactionType === null ? (
          <span>All types</span>
        ) : (
          <Link to={typeHref(interactionType, month)}>{interactionType}</Link>
        )}
      </nav>
      <h1>{view.heading}</h1>
      <p className="lead">
        <strong>{view.definition}</strong> {view.why}
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
        <EmptyState title="No contacts are counted here">
          <p>
            {view.pageCount < view.page
              ? `The list has ${view.pageCount} pages.`
              : `Nothing in ${formatMonth(month)} fits this definition.`}
          </p>
        </EmptyState>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it takes the focus. */}
          <section className="scroll" aria-label="Contacts" tabIndex={0}>
            <RowsTable rows={view.rows} isOfAllTypes={interactionType === null} />
          </section>
          <Pager view={view} />
        </>
      )}
    </Page>
  )
}

function RowsTable({ rows, isOfAllTypes }: { rows: readonly ContactRow[]; isOfAllTypes: boolean }) {
  return (
    <table className="contacts">
      <caption className="hidden">Contacts, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Contact</th>
          {isOfAllTypes ? <th scope="col">Type</th> : null}
          <th scope="col">Started</th>
          <th scope="col">Channel</th>
          <th scope="col">Handled by</th>
          <th scope="col">AI version</th>
          <th scope="col">Review</th>
          <th scope="col">Escalated</th>
          <th scope="col">Repeat</th>
          <th scope="col" className="num">
            CSAT
          </th>
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
              <td>
                <Link to={row.typeHref}>{row.interactionType}</Link>
              </td>
            ) : null}
            <td className="nowrap">{row.startedAt}</td>
            <td>{row.channel}</td>
            <td className="nowrap">{row.handledBy}</td>
            <td className="nowrap">{row.aiVersion}</td>
            <td className={row.isError ? undefined : 'soft'}>{row.review ?? <Dash word="not reviewed" />}</td>
            <td className="soft">{row.escalated ?? <Dash word="no" />}</td>
            <td className="soft nowrap">{row.repeat ?? <Dash word="no" />}</td>
            <td className="num">{row.csat ?? <Dash word="no answer" />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Dash({ word }: { word: string }) {
  return (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <span className="hidden">{word}</span>
    </span>
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
