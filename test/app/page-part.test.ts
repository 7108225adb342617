import { expect, it, onTestFinished } from 'vitest'
import { oncePerState } from '#app/once-per-state.server.ts'
import { type PagePart, pagePart } from '#app/page-part.server.ts'
import { OversightError } from '#models/oversight-error.ts'
import { buildWeb } from '#test/build/web.ts'

function part<Value>(read: () => Promise<Value>): Promise<PagePart<Value>> {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  return web.request(() => pagePart('a part', read))
}

it('shows what was read, and otherwise since when it cannot be, so that the rest of the page stays', async () => {
  expect(await part(async () => 'read')).toEqual({ isShown: true, value: 'read' })
  expect(await part(() => Promise.reject(new TypeError('the query failed')))).toEqual({
    isShown: false,
    failedAt: expect.any(Date),
  })
})

it('leaves what is meant for the whole page to the page: a refusal in words, a redirect', async () => {
  const refusal = new OversightError('not_found', 'There is no such type.')
  await expect(part(() => Promise.reject(refusal))).rejects.toBe(refusal)
  const redirect = new Response(null, { status: 302 })
  await expect(part(() => Promise.reject(redirect))).rejects.toBe(redirect)
})

it('is not kept with the page that lacks it: the next request reads anew', async () => {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  const now = new Date('2026-10-12T09:00:00Z')
  let reads = 0
  const page = () =>
    web.request(() =>
      oncePerState(['a page'], now, () =>
        pagePart('a part', async () => {
          reads += 1
          if (reads === 1) throw new TypeError('the query failed')
          return reads
        }),
      ),
    )
  expect((await page()).isShown).toBe(false)
  expect(await page()).toEqual({ isShown: true, value: 2 })
  expect(await page()).toEqual({ isShown: true, value: 2 })
})
