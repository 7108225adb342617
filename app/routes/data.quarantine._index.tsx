import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { countOf } from '#models/format-metric.ts'
import { listQuarantine, listQuarantineReasons } from '#models/loads/list-quarantine.ts'
import { listQuarantinedFiles, listQuarantinedLoads } from '#models/loads/list-quarantine-places.ts'
import { guarded, readers } from '../access.server.ts'
import { DataTabs } from '../components/data/data-tabs.tsx'
import { NoDataYet } from '../components/data/no-data-yet.tsx'
import { QuarantinedFiles, QuarantinedLoads } from '../components/data/quarantine-places.tsx'
import { QuarantineReasons } from '../components/data/quarantine-reasons.tsx'
import { QuarantineRows } from '../components/data/quarantine-rows.tsx'
import { ValuesSeenSection } from '../components/data/values-seen-section.tsx'
import { Page } from '../components/page.tsx'
import { askedRows, quarantineFilter } from '../data/quarantine-filter.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { listValuesSeen } from '../quarantine/values-seen.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'
import { runtime } from '../runtime.server.ts'
import { findWarehouse } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'data', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Quarantine')

const pageSize = 50
const shownSeen = 10

export const loader = guarded(readers, async ({ request }) => {
  const chosen = quarantineFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const warehouse = await findWarehouse()
  if (warehouse === undefined) return null
  const { db } = warehouse
  const seen = listValuesSeen(runtime().home)
  const { rows, total } = await listQuarantine(db, { ...askedRows(chosen), page: chosen.page, pageSize })
  return {
    reasons: await listQuarantineReasons(db),
    files: chosen.by === 'file' ? await listQuarantinedFiles(db) : [],
    loads: chosen.by === 'load' ? await listQuarantinedLoads(db) : [],
    rows,
    total,
    chosen,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    seen: { seen: seen.slice(0, shownSeen), total: seen.length },
    timeZone: await reportingTimeZone(),
  }
})

export default function Quarantine() {
  const view = useLoaderData<typeof loader>()
  const all = view?.reasons.reduce((sum, { rowCount }) => sum + rowCount, 0) ?? 0
  return (
    <Page>
      <h1>Quarantine</h1>
      <p className="lead">
        <strong>{all === 0 ? 'No row is in quarantine.' : `${countOf(all, 'row')} in quarantine.`}</strong> A row that
        breaks the contract is put aside with its reason, its file and its place; nothing is dropped. What it says stays
        out of every page.
      </p>
      <DataTabs current="quarantine" />
      {view === null ? (
        <section aria-label="Nothing loaded">
          <NoDataYet />
        </section>
      ) : (
        <Refused view={view} isEmpty={all === 0} />
      )}
    </Page>
  )
}

type View = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>>

const summaries = [
  { by: 'reason', text: 'By reason' },
  { by: 'file', text: 'By file' },
  { by: 'load', text: 'By load' },
] as const

function Refused({ view, isEmpty }: { view: View; isEmpty: boolean }) {
  const { chosen, reasons, files, loads, timeZone } = view
  const [search] = useSearchParams()
  return (
    <>
      <section aria-labelledby="summary">
        <div className="head">
          <h2 id="summary">{summaries.find(({ by }) => by === chosen.by)?.text}</h2>
          <p className="tools">
            {summaries
              .filter(({ by }) => by !== chosen.by && !isEmpty)
              .map(({ by, text }) => (
                <Link key={by} to={by === 'reason' ? '?' : `?by=${by}`} preventScrollReset>
                  {text}
                </Link>
              ))}
            {isEmpty ? null : (
              <Link to={`/data/quarantine/by-${chosen.by}.csv`} reloadDocument>
                CSV
              </Link>
            )}
          </p>
        </div>
        {isEmpty || chosen.by === 'reason' ? (
          <QuarantineReasons reasons={reasons} filter={{}} />
        ) : chosen.by === 'file' ? (
          <QuarantinedFiles files={files} />
        ) : (
          <QuarantinedLoads loads={loads} timeZone={timeZone} />
        )}
      </section>
      {isEmpty ? null : <QuarantineRows {...view} search={search} />}
      <ValuesSeenSection {...view.seen} timeZone={timeZone} />
    </>
  )
}
