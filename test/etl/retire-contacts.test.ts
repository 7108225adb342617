import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retireContacts, retirementCut } from '#etl/retire-contacts.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const contact = (id: string, startedAt: string) => `desk,${id},x,chat,${startedAt},ai\n`
const reviews = (...contacts: string[]) =>
  `source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,reviewed_at,outcome\n${contacts
    .map((id) => `desk,review-of-${id},${id},r1,human,random,2026-09-02T09:00:00Z,2026-09-03T09:00:00Z,pass\n`)
    .join('')}`

async function homeWithTwoSnapshots(): Promise<string> {
  const home = temporaryFolder()
  await loadFiles(
    home,
    'canonical',
    temporaryFiles({
      'interactions.csv':
        header + contact('old-contact-1', '2025-12-31T23:59:59Z') + contact('kept-contact-1', '2026-01-01T00:00:00Z'),
      'qa_reviews.csv': reviews('old-contact-1', 'kept-contact-1'),
    }),
  )
  await loadFiles(
    home,
    'canonical',
    temporaryFiles({ 'interactions.csv': header + contact('new-contact-1', '2026-09-01T09:00:00Z') }),
  )
  return home
}

const bytesOf = (home: string) =>
  readdirSync(join(home, 'warehouse'))
    .map((name) => readFileSync(join(home, 'warehouse', name), 'latin1'))
    .join('\n')

describe('retiring contacts', () => {
  const before = new Date('2026-01-01T00:00:00Z')

  it('leaves no byte of the old ones, nor of their reviews, in any kept snapshot', async () => {
    const home = await homeWithTwoSnapshots()
    const retired = await retireContacts({ warehouseDirectory: join(home, 'warehouse') }, before, { isDryRun: false })
    expect(retired.snapshots).toEqual([
      { id: 1, contactCount: 1 },
      { id: 2, contactCount: 1 },
    ])
    expect(bytesOf(home)).not.toContain('old-contact-1')
    expect(bytesOf(home)).toContain('review-of-kept-contact-1')
    expect(await rowsOf(home, 'SELECT interaction_id FROM interactions ORDER BY 1')).toEqual([
      ['kept-contact-1'],
      ['new-contact-1'],
    ])
    const next = await loadFiles(
      home,
      'canonical',
      temporaryFiles({ 'interactions.csv': header + contact('c', '2026-10-02T09:00:00Z') }),
    )
    expect(next.restatedCount).toBe(0)
  })

  const again = () =>
    temporaryFiles({
      'interactions.csv':
        header + contact('old-contact-1', '2025-12-31T23:59:59Z') + contact('kept-contact-1', '2026-01-01T00:00:00Z'),
      'qa_reviews.csv': reviews('old-contact-1', 'kept-contact-1'),
    })
  const retire = (home: string, isDryRun = false) =>
    retireContacts({ warehouseDirectory: join(home, 'warehouse') }, before, { isDryRun })

  it('keeps them away from later loads, row by row, with what hangs on them and without a value', async () => {
    const home = await homeWithTwoSnapshots()
    await retire(home)
    const report = await loadFiles(home, 'canonical', again(), { maximumRejectShare: 0 })
    expect(report.entities).toMatchObject({
      interactions: { read: 2, unchanged: 1, quarantined: 1, quarantinedByRule: { retired_contact: 1 } },
      qa_reviews: { read: 2, unchanged: 1, quarantined: 1, quarantinedByRule: { retired_contact: 1 } },
    })
    expect(readFileSync(String(report.rejectsFile), 'utf8')).toContain('"values":{}')
    expect(bytesOf(home)).not.toContain('old-contact-1')
    expect(await rowsOf(home, 'SELECT interaction_id FROM interactions ORDER BY 1')).toEqual([
      ['kept-contact-1'],
      ['new-contact-1'],
    ])
  })

  it('keeps away what comes by itself from before the boundary, and lets go what waits from then', async () => {
    const home = await homeWithTwoSnapshots()
    const surveys = (id: string, contactId: string, offeredAt: string) =>
      `source,response_id,interaction_id,offered_at,scale\ndesk,${id},${contactId},${offeredAt},binary\n`
    await loadFiles(
      home,
      'canonical',
      temporaryFiles({ 'csat_responses.csv': surveys('waits-long', 'never-loaded', '2025-06-01T09:00:00Z') }),
      { maximumRejectShare: 1 },
    )
    await retire(home)
    const old = await loadFiles(
      home,
      'canonical',
      temporaryFiles({ 'csat_responses.csv': surveys('too-old', 'old-contact-1', '2025-12-31T23:59:59Z') }),
    )
    expect(old.entities.csat_responses).toMatchObject({
      read: 1,
      quarantinedByRule: { retired_contact: 1 },
      retried: 0,
    })
    const young = await loadFiles(
      home,
      'canonical',
      temporaryFiles({ 'csat_responses.csv': surveys('young', 'not-yet-loaded', '2026-01-01T00:00:00Z') }),
      { maximumRejectShare: 1 },
    )
    expect(young.entities.csat_responses).toMatchObject({ quarantinedByRule: { orphan: 1 } })
    expect(await rowsOf(home, 'SELECT response_id FROM waiting_csat_responses')).toEqual([['young']])
  })

  it('keeps a contact that a later version moves before the boundary as it was', async () => {
    const home = await homeWithTwoSnapshots()
    await retire(home)
    const moved = temporaryFiles({
      'interactions.csv': header + contact('kept-contact-1', '2025-01-01T00:00:00Z'),
      'qa_reviews.csv': reviews('kept-contact-1'),
    })
    const report = await loadFiles(home, 'canonical', moved)
    expect(report.entities).toMatchObject({
      interactions: { quarantinedByRule: { retired_contact: 1 } },
      qa_reviews: { unchanged: 1 },
    })
    expect(await rowsOf(home, 'SELECT count(*) FROM interactions')).toEqual([['2']])
  })

  it('keeps nobody away after a dry run, and follows a longer retention', async () => {
    const home = await homeWithTwoSnapshots()
    await retire(home, true)
    expect((await loadFiles(home, 'canonical', again())).entities.interactions).toMatchObject({ unchanged: 2 })
    await retire(home)
    const longer = new Date('2025-12-01T00:00:00Z')
    await retireContacts({ warehouseDirectory: join(home, 'warehouse') }, longer, { isDryRun: false })
    expect((await loadFiles(home, 'canonical', again())).entities.interactions).toMatchObject({
      loaded: 1,
      unchanged: 1,
    })
  })

  it('only counts in a dry run', async () => {
    const home = await homeWithTwoSnapshots()
    const bytes = bytesOf(home)
    const retired = await retireContacts({ warehouseDirectory: join(home, 'warehouse') }, before, { isDryRun: true })
    expect(retired.snapshots).toHaveLength(2)
    expect(bytesOf(home)).toBe(bytes)
  })
})

describe('the cut', () => {
  it('is the start of a month of the reporting time zone', () => {
    const context = { now: new Date('2026-11-21T00:00:00Z'), reportingTimeZone: 'Europe/Berlin' }
    expect(retirementCut(10, context)).toEqual(new Date('2025-12-31T23:00:00Z'))
  })

  it('keeps at least 183 days, whatever the day', () => {
    const start = Date.UTC(2026, 0, 1)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 730 }), fc.integer({ min: 1, max: 30 }), (day, months) => {
        const now = new Date(start + day * 86_400_000)
        const cut = () => retirementCut(months, { now, reportingTimeZone: 'UTC' })
        const kept = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)
        if (now.getTime() - kept < 183 * 86_400_000) expect(cut).toThrow(/less than 183 days/)
        else expect(cut().getTime()).toBe(kept)
      }),
      { seed: 20261121 },
    )
  })
})
