import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loader as metric } from '#app/routes/data.dictionary.$metric._index.tsx'
import { loader as lineage } from '#app/routes/data.dictionary.$metric.lineage[.]csv.tsx'
import { loader as columns } from '#app/routes/data.dictionary.columns[.]csv.tsx'
import { loader as loadTable } from '#app/routes/data.loads.$load.$table.tsx'
import { loader as summary } from '#app/routes/data.quarantine.$summary.tsx'
import { loader as quarantine } from '#app/routes/data.quarantine[.]csv.tsx'
import { loader as datasetColumns } from '#app/routes/datasets.columns[.]csv.tsx'
import { explainMetric } from '#models/explain-metric.ts'
import { loadFiles } from '#test/build/load-files.ts'
import { buildWeb, originOf, type TestWeb } from '#test/build/web.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const refusedCount = 100_050

let web: TestWeb
let cookie: string
let loadId: string

beforeAll(async () => {
  web = buildWeb()
  cookie = await web.cookieOf('viewer')
  const refused = Array.from({ length: refusedCount }, (_, index) => `desk,r${index},x,pigeon,2026-01-05T09:00:00Z,ai`)
  const file = join(web.runtime.home.directory, 'interactions.csv')
  writeFileSync(file, `${header}desk,c1,x,chat,2026-01-05T09:00:00Z,ai\n${refused.join('\n')}\n`)
  const report = await loadFiles(web.runtime.home.directory, 'canonical', [file], { maximumRejectShare: 1 })
  loadId = report.loadId
}, 60_000)

afterAll(() => web.remove())

/** The lines of the file that a route answers with, as the person of the page would save it. */
async function linesOf(
  loader: (args: LoaderFunctionArgs) => Promise<unknown>,
  params: Record<string, string> = {},
  search = '',
): Promise<string[]> {
  const request = new Request(`${originOf(web.runtime)}/file${search}`, { headers: { Cookie: cookie } })
  return web.request(async () => {
    const answer = (await loader({ request, params, context: {} })) as Response
    expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename="oversight-[\w.-]+\.csv"$/)
    return (await answer.text()).trimEnd().split('\n')
  })
}

describe('tables as files', () => {
  it('hold every refused row, however many', async () => {
    const lines = await linesOf(quarantine)
    expect(lines).toHaveLength(refusedCount + 1)
    expect(lines[1]).toMatch(/,unknown_value,channel,interactions\.csv,2,3,/)
    expect(lines.join('')).not.toContain('pigeon')
  }, 60_000)

  it('sum refused rows up by reason, file and load', async () => {
    for (const name of ['by-reason.csv', 'by-file.csv', 'by-load.csv']) {
      const [, ...rows] = await linesOf(summary, { summary: name })
      expect(rows).toEqual([expect.stringMatching(new RegExp(`,${refusedCount}(,|$)`))])
    }
  })

  it('tell of one load what became of its rows, its files and its reasons', async () => {
    const of = (table: string) => linesOf(loadTable, { load: loadId, table })
    expect(await of('entities.csv')).toContain(`interactions,${refusedCount + 1},1,0,0,${refusedCount}`)
    expect((await of('files.csv'))[1]).toMatch(/interactions\.csv,\d+,[0-9a-f]{64}$/)
    expect(await of('reasons.csv')).toHaveLength(2)
  })

  it('name the columns of the contract and of the datasets', async () => {
    const all = await linesOf(columns)
    const some = await linesOf(columns, {}, '?entity=escalations')
    expect(some.length).toBeLessThan(all.length)
    expect(some.slice(1).every((line) => line.startsWith('escalations,'))).toBe(true)
    expect((await linesOf(datasetColumns, {}, '?dataset=monthly_metrics')).length).toBeGreaterThan(5)
  })

  it('give the lineage of a metric, the same as the command prints', async () => {
    const { lineage: printed } = explainMetric('ai_error_rate', { reportingTimeZone: 'UTC', watermark: null })
    const columnCount = printed.flatMap(({ reads }) => reads.flatMap((read) => read.columns)).length
    expect(await linesOf(lineage, { metric: 'ai_error_rate' })).toHaveLength(columnCount + 1)
  })
})

describe('the page of a metric', () => {
  const ask = (name: string) =>
    web.request(() =>
      metric({
        request: new Request(`${originOf(web.runtime)}/data/dictionary/${name}`, { headers: { Cookie: cookie } }),
        params: { metric: name },
        context: {},
      }),
    )

  it('shows the SQL of the served snapshot, step by step', async () => {
    const { explained } = await ask('repeat_contact_rate_48h')
    expect(explained.steps.at(-1)).toMatchObject({ table: 'monthly_metrics', sql: expect.stringContaining('select') })
    expect(explained.watermark).toBeInstanceOf(Date)
  })

  it('is not there for what is no metric', async () => {
    const thrown = await ask('nonsense').catch((error: unknown) => error)
    expect((thrown as Response).status).toBe(404)
  })
})
