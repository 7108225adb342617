import { formatMonth } from '#models/format-metric.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { guarded, readers } from '../access.server.ts'
import { paperCss, paperSize } from '../board-pack/paper.ts'
import { getBoardPack } from '../board-pack.server.ts'

/** The page boxes of one pack, as a style sheet. */
export const loader = guarded(readers, async ({ request, params }) => {
  const month = parseMonth(params.month ?? '')
  const { searchParams } = new URL(request.url)
  const { state, asOf } = await getBoardPack(month, new Date())
  const css = paperCss({
    size: paperSize.catch('a4').parse(searchParams.get('size')),
    title: `Oversight board pack, ${formatMonth(month)}`,
    state: state.word,
    asOf,
  })
  return new Response(css, { headers: { 'Content-Type': 'text/css; charset=utf-8' } })
})
