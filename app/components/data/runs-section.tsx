import { Form, Link } from '@remix-run/react'
import { countOf } from '#models/format-metric.ts'
import type { RunRow } from '../../data/run-view.ts'
import { Button } from '../button.tsx'
import { Pages } from '../pages.tsx'
import { EmptyState } from '../state.tsx'
import { RunsTable } from './runs-table.tsx'

interface RunsSectionProps {
  rows: readonly RunRow[]
  /** With the chosen outcome, on all pages. */
  total: number
  chosen: { outcome: string; page: number }
  pageCount: number
  loadIds: readonly string[]
  maySeeMessages: boolean
  timeZone: string
  search: URLSearchParams
}

/** What was tried, failed and killed runs included. */
export function RunsSection(props: RunsSectionProps) {
  const { rows, total, chosen, pageCount, loadIds, maySeeMessages, timeZone, search } = props
  return (
    <section aria-labelledby="runs">
      <div className="head">
        <h2 id="runs">Runs</h2>
        <p>
          {countOf(total, 'run')}, newest first, however they ended.{' '}
          {maySeeMessages ? '' : 'Their messages may quote a value of a file: operators and admins see them. '}
          <Link
            to={chosen.outcome === '' ? '/data/runs.csv' : `/data/runs.csv?outcome=${chosen.outcome}`}
            reloadDocument
          >
            CSV
          </Link>
        </p>
      </div>
      <Form method="get" className="filters many" role="search" aria-label="Filter runs">
        <label>
          <span>Outcome</span>
          <select className="field" name="outcome" defaultValue={chosen.outcome} key={chosen.outcome}>
            <option value="">All</option>
            <option value="published">Published</option>
            <option value="failed">Failed</option>
            <option value="killed">Killed</option>
          </select>
        </label>
        <Button>Filter</Button>
      </Form>
      {rows.length === 0 ? (
        <EmptyState title="No such run" actions={<Link to="/data">All runs</Link>}>
          <p>No run ended so.</p>
        </EmptyState>
      ) : (
        <RunsTable rows={rows} loadIds={new Set(loadIds)} timeZone={timeZone} />
      )}
      <Pages page={chosen.page} pageCount={pageCount} search={search} />
    </section>
  )
}
