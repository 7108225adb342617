import { expect, it } from 'vitest'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationSite } from './demonstration-site.ts'
import { oversight } from './run-oversight.ts'

const site = demonstrationSite()
const type = 'password_reset'

interface Polled {
  status: number
  etag: string | null
  /** Of the type; undefined where nothing changed. */
  level: string | undefined
}

/** Asks as a platform does: with its token, and the tag of what it knows. */
async function poll(token: string, known: string | null): Promise<Polled> {
  const answer = await fetch(`${site.url}/api/v1/autonomy`, {
    headers: { Authorization: `Bearer ${token}`, ...(known !== null && { 'If-None-Match': known }) },
  })
  const body = await answer.text()
  const types: { interactionType: string; level: string }[] = answer.status === 200 ? JSON.parse(body).types : []
  const level = types.find(({ interactionType }) => interactionType === type)?.level
  return { status: answer.status, etag: answer.headers.get('etag'), level }
}

it('an AI platform that polls is told nothing new until somebody stops a type, and then within a second', async () => {
  // The demonstration is older than its decisions are valid: what a timer does on an installation that runs.
  oversight(['review', 'tick', '--home', site.home])
  const made = oversight(['token', 'add', '--name', 'platform', '--scope', 'autonomy:read', '--home', site.home])
  const token = made.trim()
  const first = await poll(token, null)
  expect(first).toMatchObject({ status: 200, level: 'human_in_the_loop' })
  expect(await poll(token, first.etag)).toEqual({ status: 304, etag: first.etag, level: undefined })

  const page = await site.pageOf('approver-a')
  await page.goto(`/types/${type}`)
  await page.getByRole('link', { name: 'Stop: reduce now' }).click()
  await page.getByLabel('Reason').fill('Links in the mail lead nowhere since this morning')
  await page.getByLabel('Password').fill(demonstrationPassword)
  expect((await poll(token, first.etag)).status).toBe(304)
  await page.getByRole('button', { name: `Stop ${type} now` }).click()
  await page.getByText('The lower level is in force now').waitFor()

  const shownAt = performance.now()
  const next = await poll(token, first.etag)
  expect(performance.now() - shownAt).toBeLessThan(1_000)
  expect(next).toMatchObject({ status: 200, level: 'human_as_the_loop' })
  expect((await poll(token, next.etag)).status).toBe(304)
})
