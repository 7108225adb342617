import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { JsonOperation } from '#app/api/operation.ts'
import { operations } from '#app/api/operations.ts'
import { problemSchema } from '#app/api/problem.ts'
import { ledger } from '#app/ledger.server.ts'
import { type ApiScope, apiScopes } from '#governance/accounts/api-scopes.ts'
import { changeRoles } from '#governance/accounts/change-roles.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { revokeApiToken } from '#governance/accounts/revoke-api-token.ts'
import { setUserDisabled } from '#governance/accounts/set-user-disabled.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { recordBaseline } from '#governance/registry/record-baseline.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { openReview } from '#governance/review/open-review.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { metricIds, metrics } from '#models/metrics.ts'
import { buildApi, type TestApi } from '#test/build/api.ts'
import { password } from '#test/build/ledger.ts'
import { loadFiles, temporaryFiles } from '#test/build/load-files.ts'

const contacts = 5_000

let api: TestApi
/** One token for each scope, and one for all of them. */
const tokens = new Map<ApiScope, string>()
let all: string
let approverId: string
let adminId: string

const inLedger = <Result>(work: (open: Awaited<ReturnType<typeof ledger>>) => Promise<Result>) =>
  api.web.request(async () => work(await ledger()))

beforeAll(async () => {
  api = await buildApi()
  const { directory } = api.web.runtime.home
  const row = (index: number) =>
    `desk,c${index},cust${index % 900},order_status,chat,2026-09-${String(1 + (index % 28)).padStart(2, '0')}T10:00:00Z,ai`
  const header = 'source,interaction_id,customer_id,interaction_type,channel,started_at,handled_by'
  const lines = [header, ...Array.from({ length: contacts }, (_, index) => row(index))].join('\n')
  const file = join(directory, 'interactions.csv')
  writeFileSync(file, lines)
  await loadFiles(directory, 'canonical', [file])
  await inLedger(async (open) => {
    const add = (name: string, role: 'approver' | 'admin') =>
      createUser(open, { email: `${name}@example.com`, name, roles: [role], password, by: 'system' }, systemClock())
    const owner = await add('owner', 'approver')
    approverId = (await add('anna', 'approver')).id
    adminId = (await add('ada', 'admin')).id
    for (const interactionType of ['order_status', 'refund_request']) {
      await registerType(
        open,
        {
          interactionType,
          area: 'orders',
          riskTier: 'low',
          ceiling: 'human_on_the_loop',
          ownerId: owner.id,
          aiDoes: 'answers',
          humansDo: 'check samples',
          requiredControls: 'sampling',
          isDisclosureAttested: true,
          by: adminId,
        },
        systemClock(),
      )
    }
    await recordBaseline(
      open,
      { interactionType: 'order_status', level: 'human_on_the_loop', reason: 'as it is', by: approverId, password },
      systemClock(),
    )
    await openReview(
      open,
      { month: '2026-09', interactionTypes: ['order_status'], isFinal: true, reportingTimeZone: 'UTC', by: 'system' },
      systemClock(),
    )
    await signCheckpoint(open)
  })
  for (const scope of apiScopes) tokens.set(scope, (await api.tokenOf([scope], 'analyst', 'auditor')).secret)
  all = (await api.tokenOf(apiScopes, 'analyst', 'auditor')).secret
})
afterAll(() => api.remove())

/** An address of the operation that is answered with 200. */
const example = (path: string) =>
  path
    .replace('{interactionType}', 'order_status')
    .replace('{dataset}', 'monthly_metrics')
    .replace('{month}', '2026-09')

async function problemFrom(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const body = problemSchema.parse(await response.json())
  expect(body.status).toBe(response.status)
  return body
}

describe('every operation', () => {
  it('has an id and a path of its own', () => {
    for (const of of ['id', 'path'] as const)
      expect(new Set(operations.map((one) => one[of])).size).toBe(operations.length)
  })

  it.each(operations)('$id is refused without a token, with a false one, and with a cookie alone', async ({ path }) => {
    const cookie = await api.web.cookieOf('analyst')
    for (const headers of [
      {},
      { Cookie: cookie },
      { Authorization: 'Basic YTpi' },
      { Authorization: 'Bearer ' },
      { Authorization: 'Bearer a b' },
      { Authorization: `Bearer ovs_${'A'.repeat(43)}` },
      { Authorization: `Bearer ovs_${'A'.repeat(43)}`, Cookie: cookie },
    ]) {
      const response = await api.get(example(path), undefined, { headers })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="oversight"/)
      expect((await problemFrom(response)).type).toBe('urn:oversight:problem:unauthenticated')
    }
  })

  it.each(operations)('$id answers to its own scope and to no other', async ({ path, scope }) => {
    for (const [held, token] of tokens) {
      const response = await api.get(example(path), token)
      expect(response.status, `${held} at ${path}`).toBe(held === scope ? 200 : 403)
      if (held === scope) await response.arrayBuffer()
      else {
        expect((await problemFrom(response)).detail).toContain(scope)
        expect(response.headers.get('www-authenticate')).toContain(`scope="${scope}"`)
      }
    }
  })

  it.each(operations)('$id answers HEAD with the headers of GET, and nothing but these two', async ({ path }) => {
    const [head, got] = [await api.get(example(path), all, { method: 'HEAD' }), await api.get(example(path), all)]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['content-type', 'etag', 'cache-control', 'vary']) {
      expect(head.headers.get(name), name).toBe(got.headers.get(name))
    }
    expect(got.headers.get('cache-control')).toMatch(/^private, no-cache/)
    expect(got.headers.get('access-control-allow-origin')).toBeNull()
    expect(got.headers.get('set-cookie')).toBeNull()
    await got.arrayBuffer()
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const refused = await api.get(example(path), all, { method, headers: { Origin: 'https://evil.example' } })
      expect(refused.status, method).toBe(405)
      expect(refused.headers.get('allow')).toBe('GET, HEAD')
      await problemFrom(refused)
    }
  })

  it.each(operations)('$id answers 304 to whoever has it already', async ({ path }) => {
    const first = await api.get(example(path), all)
    await first.arrayBuffer()
    const etag = first.headers.get('etag') ?? ''
    expect(etag).not.toBe('')
    const again = await api.get(example(path), all, { headers: { 'If-None-Match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const other = await api.get(example(path), all, { headers: { 'If-None-Match': 'W/"something else"' } })
    expect(other.status).toBe(200)
    await other.arrayBuffer()
  })

  it.each(operations)(
    '$id refuses parameters that it does not know, and formats that it does not have',
    async (one) => {
      const path = example(one.path)
      for (const query of ['?nothing=1', "?page=1'%20OR%201=1--", '?a[b]=c']) {
        const response = await api.get(path + query, all)
        expect(response.status, query).toBe(400)
        await problemFrom(response)
      }
      const unacceptable = await api.get(path, all, { headers: { Accept: 'image/png' } })
      expect(unacceptable.status).toBe(406)
      await problemFrom(unacceptable)
    },
  )

  it.each(operations.filter((one): one is JsonOperation => one.kind === 'json'))(
    '$id answers what its schema says and not a field more',
    async ({ path, response: schema }) => {
      const body = await (await api.get(example(path), all)).json()
      expect(schema.parse(body)).toEqual(body)
    },
  )
})

describe('the definitions of metrics', () => {
  it('are the whole catalogue, no field left out', async () => {
    const { definitions } = await (await api.get('/metrics/definitions', all)).json()
    expect(definitions).toEqual(metricIds.map((metric) => ({ metric, ...metrics[metric] })))
  })
})

describe('a token', () => {
  const asks = async (secret: string) => (await api.get('/metrics/definitions', secret)).status
  it('stops working with the next request when it is revoked', async () => {
    const { id, secret } = await api.tokenOf(['metrics:read'], 'analyst')
    expect(await asks(secret)).toBe(200)
    await inLedger((open) => revokeApiToken(open, { tokenId: id, by: 'system' }, systemClock()))
    expect(await asks(secret)).toBe(401)
  })

  it('stops working when the account is disabled or loses the role', async () => {
    const closed = await api.tokenOf(['metrics:read'], 'analyst')
    const moved = await api.tokenOf(['metrics:read'], 'analyst')
    await inLedger(async (open) => {
      const userId = String(closed.holderId)
      await setUserDisabled(open, { userId, isDisabled: true, by: adminId }, systemClock())
      await changeRoles(open, { userId: String(moved.holderId), roles: ['viewer'], by: adminId }, systemClock())
    })
    expect([await asks(closed.secret), await asks(moved.secret)]).toEqual([401, 401])
  })

  it('may ask so often a minute, and is told when it may again; others are not held up', async () => {
    const limited = await buildApi({ requestsPerMinute: 3, streamsAtOnce: 1 })
    onTestFinished(() => limited.remove())
    const [busy, quiet] = [await limited.tokenOf(['autonomy:read']), await limited.tokenOf(['autonomy:read'])]
    const statuses: number[] = []
    for (let count = 0; count < 4; count += 1) statuses.push((await limited.get('/autonomy', busy.secret)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    const refused = await limited.get('/autonomy', busy.secret)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problemFrom(refused)).toMatchObject({ type: 'urn:oversight:problem:too_many_requests' })
    expect((await limited.get('/autonomy', quiet.secret)).status).toBe(200)
  })
})

describe('the levels in force', () => {
  it('change with a stop: the next poll is no longer 304', async () => {
    const token = tokens.get('autonomy:read')
    const poll = (etag: string) => api.get('/autonomy', token, { headers: { 'If-None-Match': etag } })
    const before = await poll('')
    const levelOf = (body: { types: { interactionType: string; level: string }[] }) =>
      body.types.find(({ interactionType }) => interactionType === 'order_status')?.level
    expect(levelOf(await before.json())).toBe('human_on_the_loop')
    const etag = before.headers.get('etag') ?? ''
    expect((await poll(etag)).status).toBe(304)
    await inLedger((open) =>
      stopType(
        open,
        { interactionType: 'order_status', reason: 'wrong answers', by: approverId, password },
        systemClock(),
      ),
    )
    const after = await poll(etag)
    expect(after.status).toBe(200)
    expect(levelOf(await after.json())).not.toBe('human_on_the_loop')
  })

  it('are human-led for a type that nobody registered', async () => {
    const answer = await api.get(`/autonomy/types/${encodeURIComponent("x' OR 1=1 --")}`, all)
    expect(await answer.json()).toMatchObject({ isRegistered: false, level: 'human_as_the_loop' })
  })
})

/** Rows of a CSV answer with its header; the status of a refusal. */
async function rowsIn(response: Response): Promise<number> {
  const text = await response.text()
  return response.status === 200 ? text.trim().split('\n').length : response.status
}

describe('a dataset', () => {
  const rows = (query: string, init: RequestInit = {}) => api.get(`/datasets/interactions/rows${query}`, all, init)

  it('comes whole in every format, with its count before and its digest behind', async () => {
    const formats = {
      csv: (bytes: Buffer) => bytes.toString().trim().split('\n').length - 1,
      ndjson: (bytes: Buffer) => bytes.toString().trim().split('\n').length,
      arrow: (bytes: Buffer) => tableFromIPC(bytes).numRows,
      parquet: () => contacts,
    }
    for (const [format, count] of Object.entries(formats)) {
      const url = `${api.url}/datasets/interactions/rows?format=${format}`
      const headers = { Authorization: `Bearer ${all}`, 'Accept-Encoding': 'gzip' }
      const response = await new Promise<IncomingMessage>((resolve) => httpGet(url, { headers }, resolve))
      const bytes = Buffer.concat(await response.toArray())
      expect(response.statusCode).toBe(200)
      expect(response.headers['oversight-row-count']).toBe(String(contacts))
      expect(response.trailers['content-digest']).toBe(
        `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      )
      expect(count(bytes), format).toBe(contacts)
    }
  })

  it('comes in the format that Accept names, CSV when it names none', async () => {
    const typeOf = async (accept: string) => {
      const response = await rows('', { headers: { Accept: accept } })
      await response.arrayBuffer()
      return response.headers.get('content-type')
    }
    expect(await typeOf('*/*')).toBe('text/csv; charset=utf-8')
    expect(await typeOf('application/x-ndjson, text/html')).toBe('application/x-ndjson')
    expect(await typeOf('text/csv;q=0.2, application/vnd.apache.parquet')).toBe('application/vnd.apache.parquet')
  })

  it('that is broken off by the client lets its place go', async () => {
    const one = await buildApi({ requestsPerMinute: 1000, streamsAtOnce: 1 })
    onTestFinished(() => one.remove())
    const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by'
    const lines = Array.from({ length: 60_000 }, (_, index) => `desk,c${index},t,chat,2026-09-01T10:00:00Z,ai`)
    const files = temporaryFiles({ 'interactions.csv': [header, ...lines].join('\n') })
    await loadFiles(one.web.runtime.home.directory, 'canonical', files)
    const { secret } = await one.tokenOf(['datasets:read'], 'analyst')
    const options = { headers: { Authorization: `Bearer ${secret}` } }
    const path = '/datasets/interactions/rows'
    const slow = await new Promise<IncomingMessage>((resolve) => httpGet(one.url + path, options, resolve))
    await once(slow, 'readable')
    const second = await one.get(path, secret)
    expect(second.status).toBe(429)
    expect(second.headers.get('retry-after')).toBe('5')
    await second.text()
    slow.destroy()
    await expect.poll(() => one.get(path, secret).then(rowsIn), { timeout: 120_000 }).toBe(lines.length + 1)
  }, 180_000)
})

describe('lists', () => {
  it('come in pages that together are the whole', async () => {
    const pageOf = async (page: number) =>
      (await (await api.get(`/metrics?pageSize=7&page=${page}`, all)).json()) as {
        page: { pageCount: number; total: number }
        points: unknown[]
      }
    const first = await pageOf(1)
    const points: unknown[] = []
    for (let page = 1; page <= first.page.pageCount; page += 1) points.push(...(await pageOf(page)).points)
    expect(points).toHaveLength(first.page.total)
    expect(new Set(points.map((one) => JSON.stringify(one))).size).toBe(points.length)
    expect((await pageOf(first.page.pageCount + 1)).points).toEqual([])
  })

  it.each(['page=0', 'page=-1', 'page=1e99', 'pageSize=1001', 'page=NaN', 'page=1&page=2', 'from=2026-13', 'metric=x'])(
    'refuse ?%s',
    async (query) => {
      const response = await api.get(`/metrics?${query}`, all)
      expect(response.status).toBe(400)
      expect((await problemFrom(response)).detail).toContain(query.split('=')[0])
    },
  )

  it('of the trail go on where the reader stopped, without a gap', async () => {
    const read = async (from: number) =>
      (await (await api.get(`/audit/events?limit=5&from=${from}`, all)).json()) as {
        size: number
        nextFrom: number
        events: { seq: number }[]
      }
    const seqs: number[] = []
    let from = 0
    for (;;) {
      const { events, nextFrom } = await read(from)
      seqs.push(...events.map(({ seq }) => seq))
      if (nextFrom === from) break
      from = nextFrom
    }
    expect(seqs).toEqual(Array.from({ length: from }, (_, index) => index))
  })
})

describe('what is not there', () => {
  it.each(['/', '/nothing', '/metrics/', '/METRICS', '/../login', '/datasets/%00/rows', '/reviews/2020-01', '/%zz'])(
    '%s is a problem, not a page',
    async (path) => {
      // As it stands: fetch would fold the dots.
      const headers = { Authorization: `Bearer ${all}` }
      const { host, port } = { host: '127.0.0.1', port: new URL(api.url).port }
      const response = await new Promise<IncomingMessage>((resolve) =>
        httpGet({ host, port, path: `/api/v1${path}`, headers }, resolve),
      )
      const body = problemSchema.parse(JSON.parse(Buffer.concat(await response.toArray()).toString()))
      expect([400, 404]).toContain(body.status)
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/)
    },
  )
})
