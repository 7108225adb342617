import { Writable } from 'node:stream'
import pino from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loader as exportDataset } from '#app/routes/datasets.$file.tsx'
import { loader as listRows } from '#app/routes/types.$type.interactions.tsx'
import { loadFiles, temporaryFiles } from '#test/build/load-files.ts'
import { buildWeb, originOf } from '#test/build/web.ts'

/** A server over three contacts, two of them of one type, whose log is kept. */
async function loggingWeb() {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  const header = 'source,interaction_id,customer_id,interaction_type,channel,started_at,handled_by'
  const row = (id: string, type: string) => `desk,${id},secret-${id},${type},chat,2026-09-01T10:00:00Z,ai`
  const csv = [
    header,
    row('contact1', 'order_status'),
    row('contact2', 'order_status'),
    row('contact3', 'refund_request'),
  ].join('\n')
  await loadFiles(web.runtime.home.directory, 'canonical', temporaryFiles({ 'interactions.csv': csv }))
  const lines: string[] = []
  const sink = new Writable({
    write(piece, _encoding, done) {
      lines.push(String(piece))
      done()
    },
  })
  web.runtime.resources.set('log', pino({ level: 'info', base: null }, sink))
  return { web, lines }
}

describe('the access log of customer rows', () => {
  it('says who saw how many rows of what, and nothing of the rows', async () => {
    const { web, lines } = await loggingWeb()
    const Cookie = await web.cookieOf('analyst')
    const ask = (path: string) => new Request(originOf(web.runtime) + path, { headers: { Cookie } })
    await web.request(() =>
      listRows({
        request: ask('/types/order_status/interactions?month=2026-09&metric=volume'),
        params: { type: 'order_status' },
        context: {},
      }),
    )
    await web.request(async () => {
      const params = { file: 'interactions.csv' }
      const response = await exportDataset({ request: ask('/datasets/interactions.csv'), params, context: {} })
      expect((await response.text()).trim().split('\n')).toHaveLength(1 + 3)
    })
    await web.request(async () => {
      const params = { file: 'daily_counts.csv' }
      await (await exportDataset({ request: ask('/datasets/daily_counts.csv'), params, context: {} })).text()
    })
    const common = { event: 'customer-rows-seen', userId: expect.any(String), time: expect.any(Number) }
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ...common, way: 'list', interactionType: 'order_status', metric: 'volume', month: '2026-09', rowCount: 2 },
      { ...common, way: 'export', interactionType: null, dataset: 'interactions', format: 'csv', rowCount: 3 },
    ])
    expect(lines.join('')).not.toMatch(/secret|contact\d|example\.com/)
  })
})
