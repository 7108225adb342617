import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, readers } from '../access.server.ts'
import { FilterBar } from '../components/evidence/filter-bar.tsx'
import { DrawnPage } from '../components/page.tsx'
import { getDrawnType } from '../drawn-type.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { chosenMonth } from '../reporting-months.server.ts'
import { sendDrawn } from '../send-drawn.server.ts'

export const handle: PageHandle = { nav: 'types', month: 'search' }

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageTitle(data ? `${data.interactionType}, ${formatMonth(data.month)}` : 'Interaction type')

export const loader = guarded(readers, async ({ request, params }) => {
  const month = await chosenMonth(request)
  if (month === undefined) throw new OversightError('not_found', 'No data has been loaded yet.')
  const page = await getDrawnType(params.type ?? '', new URL(request.url).searchParams, month, new Date())
  return { ...page, drawn: sendDrawn(page.drawn) }
})

export default function InteractionType() {
  const { bar, drawn } = useLoaderData<typeof loader>()
  return <DrawnPage chips={<FilterBar view={bar} />} drawn={drawn} />
}
