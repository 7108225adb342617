import type { LinksFunction, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { guarded, readers } from '../access.server.ts'
import { type PaperSize, paperSize } from '../board-pack/paper.ts'
import { getBoardPack } from '../board-pack.server.ts'
import { PackCover } from '../components/board-pack/pack-cover.tsx'
import { PackDecisions } from '../components/board-pack/pack-decisions.tsx'
import { PackTrust } from '../components/board-pack/pack-trust.tsx'
import { PackTypes } from '../components/board-pack/pack-types.tsx'
import { metricDefinitions } from '../evidence/metric-definitions.ts'
import { levelDefinitions, statusDefinitions } from '../evidence/status-meanings.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import stylesUrl from '../styles/board-pack.css?url'

export const handle: PageHandle = { frame: 'paper' }
export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesUrl }]
export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data === undefined ? 'Board pack' : `Board pack, ${formatMonth(data.month)}`)

export const loader = guarded(readers, async ({ request, params }) => {
  const month = parseMonth(params.month ?? '')
  const size = paperSize.catch('a4').parse(new URL(request.url).searchParams.get('size'))
  const definitions = metricDefinitions([
    'ai_share',
    'durable_resolution_rate',
    'ai_error_rate',
    'csat_satisfied_rate',
    'repeat_contact_rate_48h',
    'unexpected_escalation_rate',
    'qa_completion',
    'automation_creep',
  ])
  return { month, size, pack: await getBoardPack(month, new Date()), definitions }
})

export default function BoardPackPage() {
  const { month, size, pack, definitions } = useLoaderData<typeof loader>()
  const statuses = pack.overview.groups.flatMap(({ rows }) => rows.map(({ status }) => status.word))
  const words = [...levelDefinitions, ...statusDefinitions(statuses)]
  return (
    <div className="pack">
      <link rel="stylesheet" href={`/board-pack/${month}/paper.css?size=${size}`} />
      <PackTools month={month} size={size} />
      <main className="paper" id="main" tabIndex={-1}>
        <PackCover month={month} pack={pack} />
        <PackTypes overview={pack.overview} />
        <PackDecisions decisions={pack.decisions} open={pack.overview.openDecisions} timeZone={pack.timeZone} />
        <PackTrust trust={pack.trust} words={words} definitions={definitions} checkpoint={pack.checkpoint} />
      </main>
    </div>
  )
}

/** Beside the sheet, not on it. */
function PackTools({ month, size }: { month: string; size: PaperSize }) {
  const other: PaperSize = size === 'a4' ? 'letter' : 'a4'
  return (
    <nav className="pack-tools" aria-label="Board pack">
      <Link to={`/overview?month=${month}`}>Back to the overview</Link>
      <span>
        Print this page, or write the same as a file: <code>oversight board-pack {month} -o pack.pdf</code>
      </span>
      <Link to={`?size=${other}`} reloadDocument>
        {other === 'a4' ? 'For A4 paper' : 'For Letter paper'}
      </Link>
    </nav>
  )
}
